using Lading.Running.Evidence;

namespace Lading.Retention.Evidence;

/// <summary>A release of a stack as its record tells it.</summary>
/// <param name="Environment">The environment's name.</param>
/// <param name="Stack">The stack's name.</param>
/// <param name="Version">Its number, from 1 for each stack.</param>
/// <param name="At">When it was complete.</param>
/// <param name="Images">What it pins.</param>
/// <param name="Source">Where this is from.</param>
internal sealed record StackRelease(
    string Environment,
    string Stack,
    long Version,
    DateTimeOffset At,
    IReadOnlyList<UsedImage> Images,
    FactOrigin Source
)
{
    /// <summary>Where the stack is, <c>111111111111/eu-west-1</c>: others elsewhere may have its name.</summary>
    public string Place { get; init; } = "";
}

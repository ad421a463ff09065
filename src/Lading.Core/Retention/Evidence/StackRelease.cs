using Lading.Running.Evidence;

namespace Lading.Retention.Evidence;

/// <summary>A release in the record of a stack.</summary>
/// <param name="Environment">The environment's name.</param>
/// <param name="Stack">The stack's name.</param>
/// <param name="Version">Its number, from 1 for each stack.</param>
/// <param name="At">When it was completed.</param>
/// <param name="Images">The images it pins.</param>
/// <param name="Source">The source of this fact.</param>
internal sealed record StackRelease(
    string Environment,
    string Stack,
    long Version,
    DateTimeOffset At,
    IReadOnlyList<UsedImage> Images,
    FactOrigin Source
)
{
    /// <summary>The account and region of the stack, <c>111111111111/eu-west-1</c>: another may have a stack of the same name.</summary>
    public string Place { get; init; } = "";
}

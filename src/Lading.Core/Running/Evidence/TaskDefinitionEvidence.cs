using Lading.Oci;

namespace Lading.Running.Evidence;

/// <summary>A task definition as ECS has it registered.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Images">The image of each container.</param>
/// <param name="Source">Where this is from.</param>
internal sealed record TaskDefinitionEvidence(string Arn, IReadOnlyDictionary<string, string> Images, FactOrigin Source)
{
    /// <summary>What its containers run on; null if that is whatever the instances are.</summary>
    public Platform? Platform { get; init; }

    /// <summary>A hash of each thing that it says besides its images, by what people call it; null if they were not asked for.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>The ARN of the role that pulls its images; null if instances pull with their own.</summary>
    public string? ExecutionRole { get; init; }
}

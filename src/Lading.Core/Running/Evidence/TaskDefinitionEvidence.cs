using Lading.Oci;

namespace Lading.Running.Evidence;

/// <summary>A task definition as registered with ECS.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Images">The image of each container.</param>
/// <param name="Source">The source of this fact.</param>
internal sealed record TaskDefinitionEvidence(string Arn, IReadOnlyDictionary<string, string> Images, FactOrigin Source)
{
    /// <summary>The platform of its containers; null if it depends on the instances.</summary>
    public Platform? Platform { get; init; }

    /// <summary>
    /// A hash of each setting except the images, by its name in messages; null if they were not requested.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>The ARN of the role that pulls its images; null if the instance's role does.</summary>
    public string? ExecutionRole { get; init; }
}

using Amazon.CDK;

namespace Lading.Cdk;

/// <summary>Settings of a <see cref="LadingSynthesizer"/>; all of them are optional.</summary>
public sealed record LadingSynthesizerProps
{
    /// <summary>
    /// The repository of assets that match no image of <c>lading.json</c>; <c>&lt;project&gt;/assets</c> by default. It must exist
    /// before the deployment, with immutable tags.
    /// </summary>
    public string? Repository { get; init; }

    /// <summary>
    /// A role that may push to the repository. Without one, images are pushed with the caller's credentials: never with the bootstrap's
    /// role, which can push only to its own repository.
    /// </summary>
    public string? PublishingRoleArn { get; init; }

    /// <summary>Everything else, as for CDK's own synthesizer: qualifier, roles, buckets. Its settings for images are ignored.</summary>
    public IDefaultStackSynthesizerProps? Bootstrap { get; init; }
}

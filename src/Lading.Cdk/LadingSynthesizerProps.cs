using Amazon.CDK;

namespace Lading.Cdk;

/// <summary>Settings of a <see cref="LadingSynthesizer"/>; all of them may be left out.</summary>
public sealed record LadingSynthesizerProps
{
    /// <summary>The repository of images that no image of <c>lading.json</c> is equal to; <c>&lt;project&gt;/assets</c> if it is not given. It must be there before the deployment, with immutable tags.</summary>
    public string? Repository { get; init; }

    /// <summary>A role that may push to the repository. Without one, images are pushed with the credentials of whoever runs cdk: never with the bootstrap's role, which reaches its own repository alone.</summary>
    public string? PublishingRoleArn { get; init; }

    /// <summary>All else, as for CDK's own synthesizer: qualifier, roles, buckets. What it says of images is not looked at.</summary>
    public IDefaultStackSynthesizerProps? Bootstrap { get; init; }
}

using Lading.Configuration;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Checking;

/// <summary>An image to check: a container of a template, or an image of the lock that no container runs.</summary>
internal sealed record CheckedImage
{
    /// <summary>The stack; null for an image of the lock that is in no template.</summary>
    public string? Stack { get; init; }

    /// <summary>The top-level stack's name in CloudFormation; null if it is known only at deployment, or there is none.</summary>
    public string? StackName { get; init; }

    /// <summary>The container, or the image's name in the lock.</summary>
    public required string Name { get; init; }

    /// <summary>The reference in the template; null if it is unknown.</summary>
    public string? Reference { get; init; }

    /// <summary>The address of the image; null if it is unknown.</summary>
    public ImageAddress? Address { get; init; }

    /// <summary>Why there is no address; empty if there is one.</summary>
    public string Problem { get; init; } = "";

    /// <summary>The platform of the container; null if it is unknown.</summary>
    public Platform? RunsOn { get; init; }

    /// <summary>The requirements of the service that runs it.</summary>
    public ImageRequirements Requirements { get; init; } = ImageRequirements.None;

    /// <summary>The registry in the template; null for the ECR of the stack's own account and region.</summary>
    public string? Host { get; init; }

    /// <summary>The region of its stack; null if the stack leaves it open.</summary>
    public string? Region { get; init; }

    /// <summary>The stack's account and region, if no environment of <c>lading.json</c> has them; otherwise null.</summary>
    public StackEnvironment? Unmatched { get; init; }

    /// <summary>True for an image that the service provides itself, under a name that is in no registry.</summary>
    public bool IsOfService { get; init; }

    /// <summary>True if the app's own templates make the tag immutable in its repository.</summary>
    public bool KeepsTag { get; init; }

    /// <summary>True if <c>lading.json</c> accepts the mutable tag.</summary>
    public bool MayMove { get; init; }

    /// <summary>True for an image of the lock that no checked template runs.</summary>
    public bool IsUnused { get; init; }

    /// <summary>True for an image asset of the CDK.</summary>
    public bool IsAsset { get; init; }

    /// <summary>The image's name in <c>lading.json</c>; null if the lock has no such image.</summary>
    public string? Image { get; init; }

    /// <summary>The lock's entry of <see cref="Image"/>.</summary>
    public LockedImage? Locked { get; init; }

    /// <summary>True if the template has another digest of this repository than the lock, and so is older.</summary>
    public bool IsOlderThanLock { get; init; }
}

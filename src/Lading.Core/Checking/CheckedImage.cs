using Lading.Configuration;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Checking;

/// <summary>An image that is checked: a container of a template, or an image of the lock that no container runs.</summary>
internal sealed record CheckedImage
{
    /// <summary>The stack; null for an image of the lock that no template names.</summary>
    public string? Stack { get; init; }

    /// <summary>What CloudFormation calls its top-level stack; null if the stack leaves it open, or there is none.</summary>
    public string? StackName { get; init; }

    /// <summary>The container, or the image's name in the lock.</summary>
    public required string Name { get; init; }

    /// <summary>The reference as the template has it; null if it is not known.</summary>
    public string? Reference { get; init; }

    /// <summary>Where to ask; null if that is not known.</summary>
    public ImageAddress? Address { get; init; }

    /// <summary>Why there is no address; empty if there is one.</summary>
    public string Problem { get; init; } = "";

    /// <summary>What the container runs on; null if nothing says so.</summary>
    public Platform? RunsOn { get; init; }

    /// <summary>What the service that runs it demands of it.</summary>
    public ImageRequirements Requirements { get; init; } = ImageRequirements.None;

    /// <summary>The registry as the template names it; null for the ECR of the stack's own account and region.</summary>
    public string? Host { get; init; }

    /// <summary>The region of its stack; null if the stack leaves it open.</summary>
    public string? Region { get; init; }

    /// <summary>Where its stack goes, if no environment of <c>lading.json</c> has that account and region; null otherwise.</summary>
    public StackEnvironment? Stranger { get; init; }

    /// <summary>True for an image that the service has itself, under a name that no registry knows.</summary>
    public bool IsOfService { get; init; }

    /// <summary>True if the app's own templates make the repository keep the image's tag where it is.</summary>
    public bool KeepsTag { get; init; }

    /// <summary>True if <c>lading.json</c> accepts that the image's tag may move.</summary>
    public bool MayMove { get; init; }

    /// <summary>True for an image of the lock that none of the templates runs which are checked.</summary>
    public bool IsUnused { get; init; }

    /// <summary>True for an image asset of CDK's.</summary>
    public bool IsAsset { get; init; }

    /// <summary>The image's name in <c>lading.json</c>; null if the lock has no such image.</summary>
    public string? Image { get; init; }

    /// <summary>What the lock says of <see cref="Image"/>.</summary>
    public LockedImage? Locked { get; init; }

    /// <summary>True if the lock has another digest for this repository than the template: the template is older.</summary>
    public bool IsOlderThanLock { get; init; }
}

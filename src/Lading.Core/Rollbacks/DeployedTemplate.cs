using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>The template of a stack, or of a stack nested in it, as it was passed to CloudFormation.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Text">The template.</param>
internal sealed record DeployedTemplate(StackEvidence Stack, TemplateText Text)
{
    /// <summary>The resource that nests it; empty for the top-level stack.</summary>
    public string LogicalId { get; init; } = "";

    /// <summary>The URL at which its parent refers to it; null for the top-level stack, or if it is unknown.</summary>
    public BucketAddress? Address { get; init; }

    /// <summary>
    /// Whether the object at that URL still has this text, so that CloudFormation can read it there again.
    /// </summary>
    public bool IsThere { get; init; } = true;

    /// <summary>
    /// Whether the object at that URL no longer exists, so that this text can be restored there without overwriting
    /// anything.
    /// </summary>
    public bool IsGone { get; init; }

    /// <summary>Why the URL could not be read, as part of a sentence; null if it could.</summary>
    public string? Unread { get; init; }
}

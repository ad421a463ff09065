using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>The template of a stack, or of one nested in it, as CloudFormation was given it.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Text">The template.</param>
internal sealed record DeployedTemplate(StackEvidence Stack, TemplateText Text)
{
    /// <summary>The resource that nests it; empty for the top-level stack.</summary>
    public string LogicalId { get; init; } = "";

    /// <summary>Where its parent says that it is; null for the top-level stack, or if that cannot be told.</summary>
    public BucketAddress? Address { get; init; }

    /// <summary>Whether that address has this text, so that CloudFormation finds it there again.</summary>
    public bool IsThere { get; init; } = true;

    /// <summary>Whether that address has nothing any more, so that this text can be put back there without loss.</summary>
    public bool IsGone { get; init; }

    /// <summary>Why it could not be looked at there, as part of a sentence; null if it could.</summary>
    public string? Unread { get; init; }
}

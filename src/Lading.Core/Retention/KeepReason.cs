using Lading.Retention.Evidence;

namespace Lading.Retention;

/// <summary>Why an image is kept.</summary>
/// <param name="Rule">The rule that keeps it.</param>
/// <param name="Text">As part of a sentence that begins with the image: <c>child of 91bb… for linux/arm64</c>.</param>
/// <param name="Use">The use that is the reason; null for other rules.</param>
internal sealed record KeepReason(KeepRule Rule, string Text, ImageUse? Use = null)
{
    /// <summary>The order of reasons, the strongest first: by rule, then by the kind of use.</summary>
    public (KeepRule Rule, UseKind? Kind) Rank => (Rule, Use?.Kind);
}

/// <summary>Rules that keep an image, the strongest first.</summary>
internal enum KeepRule
{
    /// <summary>Something uses it, may use it again, or keeps it.</summary>
    Use,

    /// <summary>A kept image needs it: its index, its child, its subject, or its referrer.</summary>
    Graph,

    /// <summary>The image is kept in a registry that it was promoted to.</summary>
    Promotion,

    /// <summary>The image has a tag that the policy keeps.</summary>
    Tag,

    /// <summary>The image was recently pushed, or kept by a publish.</summary>
    Recent,

    /// <summary>The image was pulled recently.</summary>
    Pulled,

    /// <summary>Its repository is held.</summary>
    Hold,

    /// <summary>The image is archived, and marking it would restore it.</summary>
    Archived,

    /// <summary>Lading did not publish it.</summary>
    Unowned,
}

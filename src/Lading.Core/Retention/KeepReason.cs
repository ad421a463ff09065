using Lading.Retention.Evidence;

namespace Lading.Retention;

/// <summary>Why an image is kept.</summary>
/// <param name="Rule">The rule that keeps it.</param>
/// <param name="Text">As part of a sentence that begins with the image: <c>child of 91bb… for linux/arm64</c>.</param>
/// <param name="Use">The use it is for; null for a rule of the graph, an age or a hold.</param>
internal sealed record KeepReason(KeepRule Rule, string Text, ImageUse? Use = null)
{
    /// <summary>The most pressing are least: by rule, then by the kind of use.</summary>
    public (KeepRule Rule, UseKind? Kind) Rank => (Rule, Use?.Kind);
}

/// <summary>Rules that keep an image, the most pressing first.</summary>
internal enum KeepRule
{
    /// <summary>Something uses it, may use it again, or wants it.</summary>
    Use,

    /// <summary>An image that is kept needs it: its index, its child, or what it is about.</summary>
    Graph,

    /// <summary>A registry that it was promoted to keeps it.</summary>
    Promotion,

    /// <summary>It has a tag that the policy keeps.</summary>
    Tag,

    /// <summary>It was pushed, or kept by a publish, a short while ago.</summary>
    Recent,

    /// <summary>Somebody pulled it a short while ago.</summary>
    Pulled,

    /// <summary>Nothing in its repository may go.</summary>
    Hold,

    /// <summary>It is archived, and a mark would restore it.</summary>
    Archived,

    /// <summary>Lading did not publish it.</summary>
    Unowned,
}

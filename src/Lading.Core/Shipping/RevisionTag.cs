using Lading.Git;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>The tag <c>git-&lt;commit&gt;</c>: evidence of the commit that first published an image. Identity is never read from it.</summary>
internal static class RevisionTag
{
    /// <summary>What revision tags begin with.</summary>
    public const string Prefix = "git-";

    public static Tag Of(ObjectId commit) => Tag.Parse(Prefix + commit);

    /// <summary>The commit that a tag names; null for any other tag.</summary>
    public static string? RevisionOf(Tag tag) =>
        tag.Name.StartsWith(Prefix, StringComparison.Ordinal) && ObjectId.TryParse(tag.Name[Prefix.Length..], out _)
            ? tag.Name[Prefix.Length..]
            : null;

    /// <summary>
    /// The commit that the tags of an image tell; null if none does. Several publishers that were first at once may each
    /// have put one: then it is the lowest, so that everyone reads the same.
    /// </summary>
    public static string? RevisionAmong(IEnumerable<Tag> tags) =>
        tags.Select(RevisionOf).Where(revision => revision is not null).Min(StringComparer.Ordinal);
}

using Lading.Git;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>The tag <c>git-&lt;commit&gt;</c>: the commit that first published an image. Identity is never read from it.</summary>
internal static class RevisionTag
{
    /// <summary>The prefix of revision tags.</summary>
    public const string Prefix = "git-";

    public static Tag Of(ObjectId commit) => Tag.Parse(Prefix + commit);

    /// <summary>The commit in a tag; null for any other tag.</summary>
    public static string? RevisionOf(Tag tag) =>
        tag.Name.StartsWith(Prefix, StringComparison.Ordinal) && ObjectId.TryParse(tag.Name[Prefix.Length..], out _)
            ? tag.Name[Prefix.Length..]
            : null;

    /// <summary>
    /// The commit in the tags of an image; null if there is none. Concurrent publishers may each have written one: the
    /// lowest counts, so that every reader gets the same.
    /// </summary>
    public static string? RevisionAmong(IEnumerable<Tag> tags) =>
        tags.Select(RevisionOf).Where(revision => revision is not null).Min(StringComparer.Ordinal);
}

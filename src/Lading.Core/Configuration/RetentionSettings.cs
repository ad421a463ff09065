using Lading.Oci;

namespace Lading.Configuration;

/// <summary>
/// The setting <c>retention</c> of <c>lading.json</c>: the unused images that <c>lading prune</c> keeps.
/// </summary>
internal sealed record RetentionSettings
{
    /// <summary>The defaults.</summary>
    public static RetentionSettings Usual { get; } = new();

    /// <summary>How many of the last releases of each stack are kept, including the current one.</summary>
    public int Releases { get; init; } = 10;

    /// <summary>How many days an image is kept after it was pushed or released.</summary>
    public int Days { get; init; } = 30;

    /// <summary>How many days an image is kept after it was pulled.</summary>
    public int PulledDays { get; init; } = 30;

    /// <summary>How many days a marked image waits for its deletion.</summary>
    public int GraceDays { get; init; } = 7;

    /// <summary>Patterns of tags that are always kept; <c>*</c> matches any text.</summary>
    public IReadOnlyList<string> KeepTags { get; init; } = [];

    /// <summary>Images that are kept until a day.</summary>
    public IReadOnlyList<KeptImage> Keep { get; init; } = [];

    /// <summary>Known gaps in the evidence, accepted until a day.</summary>
    public IReadOnlyList<RetentionException> Exceptions { get; init; } = [];

    /// <summary>Other locations of locks: files, or folders with one for each environment.</summary>
    public IReadOnlyList<string> Locks { get; init; } = [];

    /// <summary>Lists of references to images, for uses that Lading cannot see itself; null for none.</summary>
    public ReferenceList? References { get; init; }
}

/// <summary>An image that <c>lading keep</c> keeps.</summary>
/// <param name="Repository">Its repository, in any registry.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Until">The last day, in UTC.</param>
/// <param name="Reason">Why, in the user's words.</param>
internal sealed record KeptImage(RepositoryName Repository, Digest Digest, DateOnly Until, string Reason);

/// <summary>A gap in the evidence of use that is accepted: it no longer prevents deletions.</summary>
/// <param name="Of">The gap, as <c>lading prune</c> names it: <c>account 333333333333</c>.</param>
/// <param name="Repository">The only repository to accept it for; null for all.</param>
/// <param name="Until">The last day, in UTC.</param>
/// <param name="Reason">Why, in the user's words.</param>
internal sealed record RetentionException(string Of, RepositoryName? Repository, DateOnly Until, string Reason);

/// <summary>A list of references to images that others use, one a line.</summary>
/// <param name="File">Its path, relative to the folder of <c>lading.json</c>; null if there is no file.</param>
/// <param name="Command">A shell command that prints the list; null if there is none.</param>
internal sealed record ReferenceList(string? File, string? Command);

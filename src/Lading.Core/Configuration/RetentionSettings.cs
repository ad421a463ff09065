using Lading.Oci;

namespace Lading.Configuration;

/// <summary>What <c>retention</c> of <c>lading.json</c> says: what <c>lading prune</c> keeps though nothing uses it.</summary>
internal sealed record RetentionSettings
{
    /// <summary>Nothing but the usual.</summary>
    public static RetentionSettings Usual { get; } = new();

    /// <summary>How many of the last releases of each stack are kept, the present one among them.</summary>
    public int Releases { get; init; } = 10;

    /// <summary>For how many days everything that was pushed or released is kept.</summary>
    public int Days { get; init; } = 30;

    /// <summary>For how many days a pull keeps an image.</summary>
    public int PulledDays { get; init; } = 30;

    /// <summary>For how many days what is marked waits for its deletion.</summary>
    public int GraceDays { get; init; } = 7;

    /// <summary>Patterns of tags that are always kept; <c>*</c> is any text.</summary>
    public IReadOnlyList<string> KeepTags { get; init; } = [];

    /// <summary>Images that are kept until a day.</summary>
    public IReadOnlyList<KeptImage> Keep { get; init; } = [];

    /// <summary>What is known to be unknown, and accepted until a day.</summary>
    public IReadOnlyList<RetentionException> Exceptions { get; init; } = [];

    /// <summary>Where locks are besides the usual places: files, or folders with one for each environment.</summary>
    public IReadOnlyList<string> Locks { get; init; } = [];

    /// <summary>Where references to images are listed that Lading cannot see itself; null for nowhere.</summary>
    public ReferenceList? References { get; init; }
}

/// <summary>An image that <c>lading keep</c> keeps.</summary>
/// <param name="Repository">Its repository, in whichever registry.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Until">The last day, in UTC.</param>
/// <param name="Reason">Why, for the next reader.</param>
internal sealed record KeptImage(RepositoryName Repository, Digest Digest, DateOnly Until, string Reason);

/// <summary>Something unknown that holds repositories, and is accepted.</summary>
/// <param name="Of">What, as <c>lading prune</c> names it: <c>account 333333333333</c>.</param>
/// <param name="Repository">The only repository that it is accepted for; null for all.</param>
/// <param name="Until">The last day, in UTC.</param>
/// <param name="Reason">Why, for the next reader.</param>
internal sealed record RetentionException(string Of, RepositoryName? Repository, DateOnly Until, string Reason);

/// <summary>A list of references to images, one a line, that somebody else uses.</summary>
/// <param name="File">Its path, relative to the folder of <c>lading.json</c>; null if there is no file.</param>
/// <param name="Command">A command for the shell that prints it; null if there is none.</param>
internal sealed record ReferenceList(string? File, string? Command);

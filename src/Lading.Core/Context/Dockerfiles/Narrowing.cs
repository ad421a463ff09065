namespace Lading.Context.Dockerfiles;

/// <summary>How much of its context a build can read.</summary>
/// <param name="Paths">What it can read; null if that is, or may be, the whole context.</param>
/// <param name="Line">The line of the Dockerfile that reads everything, or may; null if the reason is not a line.</param>
/// <param name="Reason">Why the whole context counts, as a phrase after the line: <c>COPY . reads all of it</c>; null if it does not.</param>
internal sealed record Narrowing(ReadablePaths? Paths, int? Line, string? Reason)
{
    /// <summary>What instructions of the reached stages read, without duplicates, as far as it is known.</summary>
    public IReadOnlyList<ContextAccess> Reads { get; init; } = [];

    /// <summary>Set if the whole context counts because it is unknown whether this image has <c>ONBUILD</c>.</summary>
    public string? UnseenBase { get; init; }

    /// <summary>True if symbolic links in the context lead to more than the Dockerfile names.</summary>
    public bool FollowsLinks { get; init; }

    /// <summary>True if every file of the context counts.</summary>
    public bool IsWhole => Paths is null;

    public static Narrowing Whole(int? line, string reason) => new(null, line, reason);
}

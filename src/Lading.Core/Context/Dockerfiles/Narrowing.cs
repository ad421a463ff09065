namespace Lading.Context.Dockerfiles;

/// <summary>How much of its context a build can read.</summary>
/// <param name="Paths">What it can read; null if that is, or may be, all of the context.</param>
/// <param name="Line">The line of the Dockerfile that reads all of it, or may; null if it is not one of its lines.</param>
/// <param name="Reason">Why it counts as a whole, to be read after the line: <c>COPY . reads all of it</c>; null if it does not.</param>
internal sealed record Narrowing(ReadablePaths? Paths, int? Line, string? Reason)
{
    /// <summary>What instructions of the reached stages read, each once, as far as it can be told.</summary>
    public IReadOnlyList<ContextAccess> Reads { get; init; } = [];

    /// <summary>Set where the whole context counts because it is not known whether this image holds <c>ONBUILD</c>.</summary>
    public string? UnseenBase { get; init; }

    /// <summary>True if symbolic links in the context led to more than the Dockerfile names.</summary>
    public bool FollowsLinks { get; init; }

    /// <summary>True if every file of the context counts.</summary>
    public bool IsWhole => Paths is null;

    public static Narrowing Whole(int? line, string reason) => new(null, line, reason);
}

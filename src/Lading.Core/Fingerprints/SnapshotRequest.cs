namespace Lading.Fingerprints;

/// <summary>Of which images, and at which revision, the identities are asked for.</summary>
/// <param name="Images">Names; empty for all.</param>
/// <param name="Revision">Null for <c>HEAD</c>, with what is uncommitted told.</param>
/// <param name="Uncommitted">True for the working tree as it is, whatever is uncommitted in it.</param>
internal sealed record SnapshotRequest(IReadOnlyList<string> Images, string? Revision = null, bool Uncommitted = false)
{
    /// <summary>False if nobody wants to know what differs from <c>HEAD</c>: git then need not look at each file.</summary>
    public bool TellsChanges { get; init; } = true;

    /// <summary>The user's folder of state, whose key marks what is remembered; null if every identity is computed.</summary>
    public string? StateFolder { get; init; }

    /// <summary>True if nothing is built, so that submodules with uncommitted changes of their own are not a failure.</summary>
    public bool IsForReading { get; init; }
}

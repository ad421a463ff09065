namespace Lading.Fingerprints;

/// <summary>A request for the identities of images at a revision.</summary>
/// <param name="Images">The names of the images; empty for all.</param>
/// <param name="Revision">Null for <c>HEAD</c>, with uncommitted changes reported.</param>
/// <param name="Uncommitted">True for the working tree as it is, with uncommitted changes.</param>
internal sealed record SnapshotRequest(IReadOnlyList<string> Images, string? Revision = null, bool Uncommitted = false)
{
    /// <summary>False if changes since <c>HEAD</c> are not needed: git then need not check each file.</summary>
    public bool TellsChanges { get; init; } = true;

    /// <summary>The user's state folder, whose key signs what is remembered; null to compute every identity.</summary>
    public string? StateFolder { get; init; }

    /// <summary>True if nothing is built, so that uncommitted changes inside submodules are not an error.</summary>
    public bool IsForReading { get; init; }
}

using Lading.Context.Dockerfiles;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Oci;
using Lading.Provenance;

namespace Lading.Explaining;

/// <summary>An image at one point: what it was made from, and how that is known.</summary>
/// <param name="Inputs">What it was made from.</param>
/// <param name="Where">What people call it: <c>HEAD</c>, <c>prod</c>, <c>the working tree</c>; null if the commit says all.</param>
internal sealed record ExplainedImage(ImageProvenance Inputs, string? Where)
{
    /// <summary>The digest of the published image; null if nobody looked.</summary>
    public Digest? Digest { get; init; }

    /// <summary>True if the inputs come from the statement in a registry, false if they come from git.</summary>
    public bool IsFromRegistry { get; init; }

    /// <summary>The commit that its history is read from: of a working tree the one it began with; null if it is not in this clone.</summary>
    public ObjectId? Known { get; init; }

    /// <summary>Paths from the top of the repository that are not committed.</summary>
    public IReadOnlySet<string> Uncommitted { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Of what is built from a Dockerfile in this clone: how much of its context counts; else null.</summary>
    public Narrowing? Narrowing { get; init; }

    /// <summary>Paths, from the top of the repository, of submodules in whose own working trees something is uncommitted.</summary>
    public IReadOnlyList<string> OpenSubmodules { get; init; } = [];

    /// <summary>What is likely not meant in its build; empty if nobody looked.</summary>
    public IReadOnlyList<BuildNote> Notes { get; init; } = [];

    /// <summary>The file whose rules keep files out, from the top of the repository; null if there is none, or nobody knows.</summary>
    public string? IgnoreFile { get; init; }
}

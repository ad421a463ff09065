using Lading.Context.Dockerfiles;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Oci;
using Lading.Provenance;

namespace Lading.Explaining;

/// <summary>An image at one revision or registry: its inputs, and where they come from.</summary>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Where">
/// What to call the revision or registry: <c>HEAD</c>, <c>prod</c>, <c>the working tree</c>; null if the commit is
/// enough.
/// </param>
internal sealed record ExplainedImage(ImageProvenance Inputs, string? Where)
{
    /// <summary>The digest of the published image; null if that was not requested.</summary>
    public Digest? Digest { get; init; }

    /// <summary>True if the inputs come from the statement in a registry, false if they come from git.</summary>
    public bool IsFromRegistry { get; init; }

    /// <summary>The commit whose history is read, for a working tree its HEAD; null if it is not in this clone.</summary>
    public ObjectId? Known { get; init; }

    /// <summary>Paths from the top of the repository that are not committed.</summary>
    public IReadOnlySet<string> Uncommitted { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>For an image built from a Dockerfile in this clone, how much of its context counts; otherwise null.</summary>
    public Narrowing? Narrowing { get; init; }

    /// <summary>Paths, from the top of the repository, of submodules with uncommitted changes inside.</summary>
    public IReadOnlyList<string> OpenSubmodules { get; init; } = [];

    /// <summary>Probable mistakes in its build; empty if that was not requested.</summary>
    public IReadOnlyList<BuildNote> Notes { get; init; } = [];

    /// <summary>The ignore file, from the top of the repository; null if there is none, or it is unknown.</summary>
    public string? IgnoreFile { get; init; }
}

using System.Text.Json.Nodes;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Oci;

namespace Lading.Provenance;

/// <summary>All that an image is made from, by name and value: read from git, or from the statement that a published image carries.</summary>
internal sealed record ImageProvenance
{
    /// <summary>The image's name in <c>lading.json</c>.</summary>
    public required string Image { get; init; }

    public required Fingerprint Fingerprint { get; init; }

    /// <summary>The version of the rules that the inputs were found by.</summary>
    public required int FingerprintVersion { get; init; }

    /// <summary>The commit whose content the inputs are; null if they were uncommitted.</summary>
    public required ObjectId? Commit { get; init; }

    /// <summary>What the definition says, as far as it counts: kind, platforms, arguments and the like (docs/provenance.md).</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>In byte order of the references.</summary>
    public required IReadOnlyList<BaseRecord> Bases { get; init; }

    /// <summary>Null if it is not built from one.</summary>
    public required DockerfileRecord? Dockerfile { get; init; }

    /// <summary>The folder that <see cref="FileRecord.Path"/> begins in, from the top of the repository; ends in <c>/</c>, empty for the top.</summary>
    public required string Folder { get; init; }

    /// <summary>Folders of the named build contexts likewise, by name.</summary>
    public IReadOnlyDictionary<string, string> ContextFolders { get; init; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>In byte order of context and path.</summary>
    public required IReadOnlyList<FileRecord> Files { get; init; }

    /// <summary>
    /// Symbolic links that led to the Dockerfile, the ignore file or a context, and the files they led to; their paths are from
    /// the folder of <c>lading.json</c>.
    /// </summary>
    public IReadOnlyList<FileRecord> Trail { get; init; } = [];

    /// <summary>Lists the inputs of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="used">The bases with what was built on, where that is known.</param>
    public static ImageProvenance Of(ImageIdentity image, IReadOnlyList<BaseReference>? used = null) =>
        new ProvenanceListing(image, new RepositoryPath(image.Prefix)).Make(used ?? image.Inputs.Bases);
}

/// <summary>An image that another one was made from.</summary>
/// <param name="Reference">As written.</param>
/// <param name="Digest">What it was built on; null if only the engine knew.</param>
/// <param name="IsPinned">False if it floated, and counted by its name alone.</param>
internal sealed record BaseRecord(string Reference, Digest? Digest, bool IsPinned)
{
    /// <summary>The digest that counts for the identity; null if it counts by name.</summary>
    public Digest? Counting => IsPinned ? Digest : null;
}

/// <summary>The Dockerfile that an image is built from. It may be one of the files as well.</summary>
/// <param name="FullPath">From the top of the repository.</param>
/// <param name="Digest">Of its bytes.</param>
internal sealed record DockerfileRecord(string FullPath, Digest Digest);

/// <summary>A file that an image is made from.</summary>
/// <param name="Context">The named build context that it belongs to; empty for the context itself.</param>
/// <param name="Path">As the fingerprint has it: from the folder that is listed.</param>
/// <param name="FullPath">From the top of the repository, for people.</param>
/// <param name="Mode">What it is.</param>
/// <param name="Id">The object of its content; of a submodule its commit.</param>
internal sealed record FileRecord(string Context, string Path, string FullPath, EntryMode Mode, ObjectId Id)
{
    /// <summary>What tells it from the other files of an image.</summary>
    public (string Context, string Path) Key => (Context, Path);
}

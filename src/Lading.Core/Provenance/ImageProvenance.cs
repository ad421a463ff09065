using System.Text.Json.Nodes;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Oci;

namespace Lading.Provenance;

/// <summary>All inputs of an image, by name and value: read from git, or from the statement of a published image.</summary>
internal sealed record ImageProvenance
{
    /// <summary>The image's name in <c>lading.json</c>.</summary>
    public required string Image { get; init; }

    public required Fingerprint Fingerprint { get; init; }

    /// <summary>The version of the rules for the inputs.</summary>
    public required int FingerprintVersion { get; init; }

    /// <summary>The commit with the inputs; null if they were uncommitted.</summary>
    public required ObjectId? Commit { get; init; }

    /// <summary>The parts of the definition that count: kind, platforms, arguments and the like (docs/provenance.md).</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>In byte order of the references.</summary>
    public required IReadOnlyList<BaseRecord> Bases { get; init; }

    /// <summary>Null if it is not built from one.</summary>
    public required DockerfileRecord? Dockerfile { get; init; }

    /// <summary>
    /// The folder that <see cref="FileRecord.Path"/> is relative to, from the top of the repository; ends in <c>/</c>, empty for the
    /// top.
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>The folders of the named build contexts, by name.</summary>
    public IReadOnlyDictionary<string, string> ContextFolders { get; init; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>In byte order of context and path.</summary>
    public required IReadOnlyList<FileRecord> Files { get; init; }

    /// <summary>
    /// Symbolic links that were followed to the Dockerfile, the ignore file or a context, and their targets; their paths are relative
    /// to the folder of <c>lading.json</c>.
    /// </summary>
    public IReadOnlyList<FileRecord> Trail { get; init; } = [];

    /// <summary>Lists the inputs of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="used">The bases with the digests that were used, as far as they are known.</param>
    public static ImageProvenance Of(ImageIdentity image, IReadOnlyList<BaseReference>? used = null) =>
        new ProvenanceListing(image, new RepositoryPath(image.Prefix)).Make(used ?? image.Inputs.Bases);
}

/// <summary>A base image of another image.</summary>
/// <param name="Reference">As written.</param>
/// <param name="Digest">The digest that was used; null if only the engine knew it.</param>
/// <param name="IsPinned">False if the base was unpinned, and only its reference is part of the fingerprint.</param>
internal sealed record BaseRecord(string Reference, Digest? Digest, bool IsPinned)
{
    /// <summary>The digest that is part of the fingerprint; null if only the reference is.</summary>
    public Digest? Counting => IsPinned ? Digest : null;
}

/// <summary>The Dockerfile of an image. It may also be one of the files.</summary>
/// <param name="FullPath">From the top of the repository.</param>
/// <param name="Digest">Of its bytes.</param>
internal sealed record DockerfileRecord(string FullPath, Digest Digest);

/// <summary>An input file of an image.</summary>
/// <param name="Context">Its named build context; empty for the main context.</param>
/// <param name="Path">The path in the fingerprint, relative to the listed folder.</param>
/// <param name="FullPath">From the top of the repository, for messages.</param>
/// <param name="Mode">File, executable, symbolic link or submodule.</param>
/// <param name="Id">The object with its content; for a submodule, its commit.</param>
internal sealed record FileRecord(string Context, string Path, string FullPath, EntryMode Mode, ObjectId Id)
{
    /// <summary>Its key among the files of an image.</summary>
    public (string Context, string Path) Key => (Context, Path);
}

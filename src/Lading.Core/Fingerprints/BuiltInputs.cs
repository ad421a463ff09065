using Lading.Context;
using Lading.Context.Dockerfiles;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>The inputs of an image built from a Dockerfile.</summary>
internal sealed record BuiltInputs : ImageInputs
{
    /// <summary>Null for the last stage.</summary>
    public string? Target { get; init; }

    /// <summary>All arguments of the build, including those that are not part of the fingerprint.</summary>
    public required IReadOnlyDictionary<string, string> Args { get; init; }

    /// <summary>Ids of secrets, in byte order.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>Ids of SSH sockets, in byte order.</summary>
    public required IReadOnlyList<string> Ssh { get; init; }

    /// <summary>The Dockerfile's bytes.</summary>
    public required ReadOnlyMemory<byte> Dockerfile { get; init; }

    /// <summary>The Dockerfile's path, from the top of the repository, with links followed.</summary>
    public required string DockerfilePath { get; init; }

    public required IReadOnlyList<BaseReference> Reached { get; init; }

    public override IReadOnlyList<BaseReference> Bases => Reached;

    /// <summary>Named build contexts that are folders: name and files, in byte order of the names.</summary>
    public IReadOnlyList<NamedContext> Contexts { get; init; } = [];

    /// <summary>The ignore file, from the top of the repository; null if there is none.</summary>
    public string? IgnoreFile { get; init; }

    /// <summary>Whether the files are only those that the target can read, and if not, why.</summary>
    public required Narrowing Narrowing { get; init; }

    /// <summary>What its instructions read from the context, as far as it is known.</summary>
    public IReadOnlyList<ContextAccess> Reads { get; init; } = [];

    /// <summary>Probable mistakes in the Dockerfile.</summary>
    public IReadOnlyList<DockerfileWarning> Doubts { get; init; } = [];

    /// <summary>The folder of the context, from the top of the repository, with links followed; ends in <c>/</c>, empty for the top.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Symbolic links that were followed to the Dockerfile, the ignore file and contexts, and the files they lead to, in byte
    /// order of their paths from the folder of <c>lading.json</c>; empty if there are none.
    /// </summary>
    public IReadOnlyList<TreeEntry> Trail { get; init; } = [];

    /// <summary>The files of the context that count, in byte order of their paths within it.</summary>
    public required FolderFiles Files { get; init; }

    /// <summary>Whether an instruction reads something that matches no file of the context.</summary>
    public bool HasUnmatchedReads => Recalled?.HasUnmatchedReads ?? Reads.Any(read => !read.IsWhole && !Matches(read));

    public override int FileCount => Files.Count + Contexts.Sum(context => context.Files.Count);

    public override string Kind => "build";

    private bool Matches(ContextAccess read)
    {
        try
        {
            return Files.Has(ContextPattern.Parse(read.Path), isIgnoring: true);
        }
        catch (FormatException)
        {
            // If the rest of the files is needed, the error is reported there.
            return false;
        }
    }

    protected override void AddTo(CanonicalHash hash)
    {
        hash.Text(Target ?? "");
        AddMap(
            hash,
            Args.Where(pair => !IgnoredArguments.Contains(pair.Key))
                .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
        );
        AddList(hash, Secrets);
        AddList(hash, Ssh);
        hash.Bytes(Dockerfile.Span);
        AddBases(hash, Reached);
        hash.Number(Contexts.Count);
        foreach (var context in Contexts)
        {
            hash.Text(context.Name);
            context.Files.AddTo(hash);
        }

        Files.AddTo(hash);
        if (Version >= FingerprintVersion.Second)
        {
            AddFiles(hash, Trail);
        }
    }
}

/// <summary>A named build context that is a folder.</summary>
/// <param name="Name">Its name in <c>--from=</c>.</param>
/// <param name="Folder">From the top of the repository.</param>
/// <param name="Files">Files in byte order of their paths within it.</param>
internal sealed record NamedContext(string Name, string Folder, FolderFiles Files);

using Lading.Context;
using Lading.Context.Dockerfiles;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>The inputs of an image built from a Dockerfile.</summary>
internal sealed record BuiltInputs : ImageInputs
{
    /// <summary>Null for the last stage.</summary>
    public string? Target { get; init; }

    /// <summary>All that the build is given, those that do not count among them.</summary>
    public required IReadOnlyDictionary<string, string> Args { get; init; }

    /// <summary>Ids of secrets, in byte order.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>Ids of SSH sockets, in byte order.</summary>
    public required IReadOnlyList<string> Ssh { get; init; }

    /// <summary>The Dockerfile's bytes.</summary>
    public required ReadOnlyMemory<byte> Dockerfile { get; init; }

    /// <summary>Where the Dockerfile lies, from the top of the repository, once links are followed.</summary>
    public required string DockerfilePath { get; init; }

    public required IReadOnlyList<BaseReference> Reached { get; init; }

    public override IReadOnlyList<BaseReference> Bases => Reached;

    /// <summary>Named build contexts that are folders: name and files, in byte order of the names.</summary>
    public IReadOnlyList<NamedContext> Contexts { get; init; } = [];

    /// <summary>The file whose rules keep files out, from the top of the repository; null if there is none.</summary>
    public string? IgnoreFile { get; init; }

    /// <summary>Whether the files are only those that the target can read, and if not, why not.</summary>
    public required Narrowing Narrowing { get; init; }

    /// <summary>What its instructions read of the context, as far as it can be told.</summary>
    public IReadOnlyList<ContextAccess> Reads { get; init; } = [];

    /// <summary>What in the Dockerfile is likely wrong.</summary>
    public IReadOnlyList<DockerfileDoubt> Doubts { get; init; } = [];

    /// <summary>The folder of the context, from the top of the repository, once links are followed; ends in <c>/</c>, empty for the top.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Symbolic links that were followed to the Dockerfile, the ignore file and contexts, and the files they lead to, in byte
    /// order of their paths from the folder of <c>lading.json</c>; empty if there are none.
    /// </summary>
    public IReadOnlyList<TreeEntry> Trail { get; init; } = [];

    /// <summary>The files of the context that count, in byte order of their paths within it.</summary>
    public required FolderFiles Files { get; init; }

    /// <summary>Whether an instruction reads something that no file of the context matches.</summary>
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
            // Whoever asks for more will say what is wrong.
            return false;
        }
    }

    protected override void AddTo(CanonicalHash hash)
    {
        hash.Text(Target ?? "");
        AddMap(
            hash,
            Args.Where(pair => !UncountedArguments.Contains(pair.Key))
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
/// <param name="Name">What <c>--from=</c> calls it.</param>
/// <param name="Folder">From the top of the repository.</param>
/// <param name="Files">In byte order of their paths within it.</param>
internal sealed record NamedContext(string Name, string Folder, FolderFiles Files);

namespace Lading.Configuration;

/// <summary>An image that an engine builds from a Dockerfile.</summary>
internal sealed record BuiltImage : ImageDefinition
{
    /// <summary>The folder that is the build context; <c>.</c> for the folder of <c>lading.json</c>.</summary>
    public required string Context { get; init; }

    /// <summary>The Dockerfile's path (not relative to the context); <c>context/Dockerfile</c> by default.</summary>
    public required string Dockerfile { get; init; }

    /// <summary>The stage to build; null for the last.</summary>
    public string? Target { get; init; }

    /// <summary>Build arguments by name, in byte order.</summary>
    public IReadOnlyDictionary<string, string> Args { get; init; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Secrets by id. Only the ids are part of the fingerprint.</summary>
    public IReadOnlyDictionary<string, BuildSecret> Secrets { get; init; } =
        new SortedDictionary<string, BuildSecret>(StringComparer.Ordinal);

    /// <summary>Ids of SSH agent sockets, such as <c>default</c>.</summary>
    public IReadOnlyList<string> Ssh { get; init; } = [];

    /// <summary>Named build contexts: a folder, or <c>docker-image://reference</c>.</summary>
    public IReadOnlyDictionary<string, string> Contexts { get; init; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>The source of a build secret's value at build time; exactly one of the two is set.</summary>
/// <param name="Environment">The name of an environment variable.</param>
/// <param name="File">The path of a file, relative to the folder of <c>lading.json</c>; <c>~/</c> is the home folder.</param>
internal sealed record BuildSecret(string? Environment, string? File);

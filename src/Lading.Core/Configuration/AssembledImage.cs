namespace Lading.Configuration;

/// <summary>An image that is assembled in process, without an engine or a Dockerfile.</summary>
internal sealed record AssembledImage : ImageDefinition
{
    /// <summary>
    /// Tracked files, folders and globs that the result depends on, relative to the folder of <c>lading.json</c>. A folder ends in
    /// <c>/</c>; <c>./</c> is that folder itself. Without <see cref="Run"/> they cover everything that is copied.
    /// </summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>A shell command, run in a clean checkout of the sources if the image is missing; null for none.</summary>
    public string? Run { get; init; }

    /// <summary><c>scratch</c>, or the reference of an image.</summary>
    public required string Base { get; init; }

    /// <summary>
    /// The files to copy into the image after <see cref="Run"/>, in the order of <c>lading.json</c>; each entry is one
    /// layer.
    /// </summary>
    public required IReadOnlyList<CopyEntry> Copy { get; init; }

    /// <summary>The user of the container; null to keep the base's.</summary>
    public string? User { get; init; }

    /// <summary>The working directory; null to keep the base's.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Environment variables by name, added to the base's or replacing them.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// The entry point; null to keep the base's. Setting it drops the base's <see cref="Command"/>, as Docker does.
    /// </summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>The default arguments of the entry point; null to keep the base's.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Exposed ports such as <c>8080/tcp</c>, added to the base's.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>Labels by name, added to the base's or replacing them.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>One entry of <c>copy</c>.</summary>
/// <param name="From">A file, a folder (ends in <c>/</c>: its contents), or a glob, relative to the folder of <c>lading.json</c>.</param>
/// <param name="To">An absolute path in the image; if it ends in <c>/</c>, the folder that the files go into.</param>
internal sealed record CopyEntry(string From, string To);

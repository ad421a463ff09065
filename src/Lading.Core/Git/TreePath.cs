namespace Lading.Git;

/// <summary>What a path of a git tree leads to, with symbolic links followed.</summary>
/// <param name="Asked">The requested path, from the top of the repository.</param>
internal sealed record TreePath(string Asked)
{
    /// <summary>
    /// The path that it resolves to, from the top; empty for the top itself. Without links, the same as
    /// <see cref="Asked"/>.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>The mode of the entry there; <see cref="EntryMode.None"/> if there is none.</summary>
    public EntryMode Mode { get; init; }

    /// <summary>The object of the entry there.</summary>
    public ObjectId Id { get; init; }

    /// <summary>The links that were followed, in order; including those that lead nowhere.</summary>
    public IReadOnlyList<TreeLink> Links { get; init; } = [];

    /// <summary>
    /// Why the links lead nowhere, as a clause that names the link; null if they resolve, or there are none.
    /// </summary>
    public string? Fault { get; init; }

    public bool IsFile => Mode is EntryMode.File or EntryMode.Executable;

    /// <summary>Set if the path itself is a symbolic link, rather than a parent folder.</summary>
    public TreeLink? Itself => Links.Count > 0 && Links[0].Path == Asked ? Links[0] : null;

    /// <summary>The links, and the target of the last one unless it is a folder: everything that determines the result.</summary>
    public IEnumerable<TreeEntry> Trail =>
        Links
            .Select(link => new TreeEntry(EntryMode.SymbolicLink, link.Id, link.Path))
            .Concat(Links.Count > 0 && IsFile ? [new TreeEntry(Mode, Id, Path)] : []);
}

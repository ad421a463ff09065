namespace Lading.Git;

/// <summary>
/// Resolves one path, name by name, from the parts of the tree that are known so far, without reading anything. Links
/// are resolved as in a file system (path_resolution(7)): relative to their folder, with <c>..</c> applied after
/// earlier links were followed.
/// </summary>
internal sealed class TreeWalk
{
    /// <summary>Linux's limit for following links.</summary>
    private const int MaxLinks = 40;

    private readonly IReadOnlyDictionary<string, TreeFolder?> folders;
    private readonly IReadOnlyDictionary<ObjectId, string> targets;
    private readonly List<TreeLink> links = [];
    private readonly Stack<string> remaining = new();
    private readonly List<string> resolved = [];

    /// <summary>The number of names that remained after the last followed link.</summary>
    private int behindLink;

    public TreeWalk(
        string asked,
        IReadOnlyDictionary<string, TreeFolder?> folders,
        IReadOnlyDictionary<ObjectId, string> targets
    )
    {
        Asked = asked;
        this.folders = folders;
        this.targets = targets;
        Push(asked);
        Result = Resolve();
    }

    public string Asked { get; }

    /// <summary>Null if a folder or link must be read first.</summary>
    public TreePath? Result { get; }

    /// <summary>A folder that must be read first.</summary>
    public string? MissingFolder { get; private set; }

    /// <summary>A link whose target must be read first.</summary>
    public ObjectId? MissingTarget { get; private set; }

    private TreePath? Resolve()
    {
        TreeEntry? end = null;
        while (remaining.TryPop(out var name))
        {
            if (name == "..")
            {
                if (resolved.Count == 0)
                {
                    return Faulty("which leads out of the repository");
                }

                resolved.RemoveAt(resolved.Count - 1);
                end = null;
                continue;
            }

            var path = ResolvedPath;
            if (!folders.TryGetValue(path, out var folder))
            {
                MissingFolder = path;
                return null;
            }

            if (folder?.Find(name) is not { } entry)
            {
                return links.Count > 0 && remaining.Count >= behindLink
                    ? Faulty("and git tracks nothing there")
                    : Nothing();
            }

            if (entry.Mode == EntryMode.SymbolicLink)
            {
                if (Follow(path.Length == 0 ? name : $"{path}/{name}", entry.Id) is { } fault)
                {
                    return Faulty(fault);
                }

                if (MissingTarget is not null)
                {
                    return null;
                }

                end = null;
                continue;
            }

            resolved.Add(name);
            end = entry;
            if (entry.Mode != EntryMode.Folder && remaining.Count > 0)
            {
                return BelowAFile(entry.Mode);
            }
        }

        return end is { } found ? Found(found.Mode, found.Id) : AtFolder();
    }

    private string ResolvedPath => string.Join('/', resolved);

    /// <summary>The path continues below something that is not a folder.</summary>
    private TreePath BelowAFile(EntryMode mode) =>
        links.Count == 0 ? Nothing()
        : mode == EntryMode.Submodule ? Faulty($"which is in the submodule {ResolvedPath}")
        : remaining.Count > behindLink ? Faulty($"and {ResolvedPath} is not a folder")
        : Nothing();

    /// <summary>The path ends with <c>..</c>, after a link, or at the top.</summary>
    private TreePath? AtFolder()
    {
        if (!folders.TryGetValue(ResolvedPath, out var folder))
        {
            MissingFolder = ResolvedPath;
            return null;
        }

        return folder is null ? Nothing() : Found(EntryMode.Folder, folder.Id);
    }

    private TreePath Found(EntryMode mode, ObjectId id) =>
        new(Asked)
        {
            Path = ResolvedPath,
            Mode = mode,
            Id = id,
            Links = links,
        };

    /// <returns>Why it cannot be followed; null if it can, or its target is not known yet.</returns>
    private string? Follow(string path, ObjectId id)
    {
        if (!targets.TryGetValue(id, out var target))
        {
            MissingTarget = id;
            return null;
        }

        links.Add(new TreeLink(path, id, target));
        behindLink = remaining.Count;
        if (links.Count > MaxLinks)
        {
            return "and leads back to itself";
        }

        if (target.StartsWith('/') || target.Length == 0)
        {
            return target.Length == 0 ? "and git tracks nothing there" : "which leads out of the repository";
        }

        Push(target);
        return null;
    }

    private void Push(string path)
    {
        foreach (var name in path.Split('/').Where(name => name is not ("" or ".")).Reverse())
        {
            remaining.Push(name);
        }
    }

    private TreePath Nothing() =>
        new(Asked)
        {
            Path = Asked,
            Mode = EntryMode.None,
            Links = links,
        };

    private TreePath Faulty(string why) =>
        Nothing() with
        {
            Fault = $"{links[^1].Path} is a symbolic link to {links[^1].Target}, {why}",
        };
}

namespace Lading.Git;

/// <summary>
/// Follows one path, name by name, with the parts of the tree that are known so far: a pure decision. Links have the semantics of a
/// file system (path_resolution(7)): relative to their folder, with <c>..</c> applied after earlier links were followed.
/// </summary>
internal sealed class TreeWalk
{
    /// <summary>The limit in Linux for following links.</summary>
    private const int MostLinks = 40;

    private readonly IReadOnlyDictionary<string, TreeFolder?> folders;
    private readonly IReadOnlyDictionary<ObjectId, string> targets;
    private readonly List<TreeLink> links = [];
    private readonly Stack<string> ahead = new();
    private readonly List<string> here = [];

    /// <summary>How many names remained after the link that was followed last.</summary>
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
        Result = Go();
    }

    public string Asked { get; }

    /// <summary>Null while something must be known first.</summary>
    public TreePath? Result { get; }

    /// <summary>A folder that must be known first.</summary>
    public string? MissingFolder { get; private set; }

    /// <summary>A link whose target must be known first.</summary>
    public ObjectId? MissingTarget { get; private set; }

    private TreePath? Go()
    {
        TreeEntry? end = null;
        while (ahead.TryPop(out var name))
        {
            if (name == "..")
            {
                if (here.Count == 0)
                {
                    return Faulty("which leads out of the repository");
                }

                here.RemoveAt(here.Count - 1);
                end = null;
                continue;
            }

            var path = Here;
            if (!folders.TryGetValue(path, out var folder))
            {
                MissingFolder = path;
                return null;
            }

            if (folder?.Find(name) is not { } entry)
            {
                return links.Count > 0 && ahead.Count >= behindLink
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

            here.Add(name);
            end = entry;
            if (entry.Mode != EntryMode.Folder && ahead.Count > 0)
            {
                return BelowAFile(entry.Mode);
            }
        }

        return end is { } found ? Found(found.Mode, found.Id) : AtFolder();
    }

    private string Here => string.Join('/', here);

    /// <summary>The path continues below something that is not a folder.</summary>
    private TreePath BelowAFile(EntryMode mode) =>
        links.Count == 0 ? Nothing()
        : mode == EntryMode.Submodule ? Faulty($"which is in the submodule {Here}")
        : ahead.Count > behindLink ? Faulty($"and {Here} is not a folder")
        : Nothing();

    /// <summary>The path ends with <c>..</c>, after a link, or at the top.</summary>
    private TreePath? AtFolder()
    {
        if (!folders.TryGetValue(Here, out var folder))
        {
            MissingFolder = Here;
            return null;
        }

        return folder is null ? Nothing() : Found(EntryMode.Folder, folder.Id);
    }

    private TreePath Found(EntryMode mode, ObjectId id) =>
        new(Asked)
        {
            Path = Here,
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
        behindLink = ahead.Count;
        if (links.Count > MostLinks)
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
            ahead.Push(name);
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

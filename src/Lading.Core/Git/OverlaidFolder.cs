namespace Lading.Git;

/// <summary>A folder of a tree with changes applied to it: a pure computation of its new entries.</summary>
/// <param name="path">From the top; empty for the top.</param>
internal sealed class OverlaidFolder(string path)
{
    private readonly Dictionary<string, TreeEntry?> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OverlaidFolder> folders = new(StringComparer.Ordinal);

    /// <summary>From the top; empty for the top.</summary>
    public string Path => path;

    /// <summary>The tree that was written for it; null if it is empty.</summary>
    public ObjectId? Tree { get; set; }

    /// <summary>Groups changed files by folder.</summary>
    /// <param name="changed">The paths of all changes, from the top.</param>
    /// <param name="now">The current entries of those that still exist.</param>
    /// <returns>Folders level by level, the top first.</returns>
    public static IReadOnlyList<IReadOnlyList<OverlaidFolder>> Arrange(
        IEnumerable<string> changed,
        IEnumerable<TreeEntry> now
    )
    {
        var top = new OverlaidFolder("");
        var entries = now.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        foreach (var each in changed.Concat(entries.Keys).Distinct(StringComparer.Ordinal))
        {
            top.Add(each, entries.TryGetValue(each, out var entry) ? entry : null);
        }

        var levels = new List<IReadOnlyList<OverlaidFolder>>();
        for (List<OverlaidFolder> level = [top]; level.Count > 0; )
        {
            levels.Add(level);
            level = [.. level.SelectMany(folder => folder.folders.Values)];
        }

        return levels;
    }

    /// <summary>Its entries once the folders below it are written.</summary>
    /// <param name="before">Its previous entries; null if it did not exist.</param>
    /// <returns>By name; null if one name would be a file and a folder.</returns>
    public IReadOnlyDictionary<string, TreeEntry>? Over(GitObject? before)
    {
        var result = new Dictionary<string, TreeEntry>(StringComparer.Ordinal);
        if (before is not null)
        {
            var rest = new TreeObject(before.Content, before.Id.HexLength / 2);
            while (rest.TryRead(out var item))
            {
                var name = GitPath.Decode(item.Name);
                result[name] = new TreeEntry(item.Mode, new ObjectId(item.Id), name);
            }
        }

        foreach (var (name, entry) in files)
        {
            // Remove only what was a file: a folder may have replaced it.
            if (entry is { } now)
            {
                result[name] = now with { Path = name };
            }
            else if (result.TryGetValue(name, out var old) && old.Mode != EntryMode.Folder)
            {
                result.Remove(name);
            }
        }

        foreach (var (name, folder) in folders)
        {
            var isFile = files.TryGetValue(name, out var entry) && entry is not null;
            if (folder.Tree is { } tree)
            {
                if (isFile)
                {
                    return null;
                }

                result[name] = new TreeEntry(EntryMode.Folder, tree, name);
            }
            else if (!isFile)
            {
                result.Remove(name);
            }
        }

        return result;
    }

    private void Add(string below, TreeEntry? entry)
    {
        var slash = below.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            files[below] = entry;
            return;
        }

        var name = below[..slash];
        if (!folders.TryGetValue(name, out var folder))
        {
            folder = new OverlaidFolder(Path.Length == 0 ? name : $"{Path}/{name}");
            folders.Add(name, folder);
        }

        folder.Add(below[(slash + 1)..], entry);
    }
}

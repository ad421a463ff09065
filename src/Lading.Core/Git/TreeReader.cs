namespace Lading.Git;

/// <summary>Lists the files of trees. Each tree is read once, however many images share it.</summary>
internal sealed class TreeReader(ObjectReader objects)
{
    private readonly Dictionary<ObjectId, List<TreeEntry>> trees = [];

    /// <summary>All files, links and submodules of a tree that was loaded, in byte order of their paths.</summary>
    public IReadOnlyList<TreeEntry> List(ObjectId tree)
    {
        var files = new List<TreeEntry>();
        Flatten(tree, "", files);
        return files;
    }

    /// <summary>Reads trees level by level: as many round trips as the deepest path has folders.</summary>
    public async Task LoadAsync(IReadOnlyList<ObjectId> roots, CancellationToken cancellationToken)
    {
        var level = Missing(roots);
        while (level.Count > 0)
        {
            var found = await objects
                .FindAllAsync([.. level.Select(id => id.ToString())], cancellationToken)
                .ConfigureAwait(false);
            var below = new List<ObjectId>();
            for (var i = 0; i < level.Count; i++)
            {
                if (found[i] is not { Type: "tree" } tree)
                {
                    throw new LadingException(
                        "Could not read the git repository",
                        $"tree {level[i]} is not in it",
                        "Run 'git fsck'; in a partial clone, see that its remote can be reached."
                    );
                }

                var entries = TreeObject.Parse(tree.Content, level[i].HexLength / 2);
                trees.Add(level[i], entries);
                below.AddRange(entries.Where(entry => entry.Mode == EntryMode.Folder).Select(entry => entry.Id));
            }

            level = Missing(below);
        }
    }

    private List<ObjectId> Missing(IEnumerable<ObjectId> ids) =>
        [.. ids.Distinct().Where(id => !trees.ContainsKey(id))];

    private void Flatten(ObjectId tree, string prefix, List<TreeEntry> files)
    {
        foreach (var entry in trees[tree])
        {
            var path = prefix + entry.Path;
            if (entry.Mode == EntryMode.Folder)
            {
                Flatten(entry.Id, path + "/", files);
            }
            else
            {
                files.Add(entry with { Path = path });
            }
        }
    }
}

namespace Lading.Git;

/// <summary>The output of <c>git status</c>: the commit, the branch and the changes since the commit.</summary>
/// <param name="Head">Null before the first commit.</param>
/// <param name="Branch">Null if HEAD is detached.</param>
/// <param name="Changes">In git's order.</param>
/// <param name="Paths">Every path that differs from the commit in the index or the working tree, in git's order; that of a nested
/// repository ends in <c>/</c>.</param>
internal sealed record WorkingTreeStatus(
    ObjectId? Head,
    string? Branch,
    IReadOnlyList<WorkingChange> Changes,
    IReadOnlyList<string> Paths
)
{
    /// <summary>The index entries of <see cref="Paths"/>, if they have one.</summary>
    public IReadOnlyList<TreeEntry> Indexed { get; init; } = [];

    /// <summary>Whether the index has unmerged entries.</summary>
    public bool HasConflicts { get; init; }

    /// <summary>Ignored paths, in git's order; a folder that is ignored as a whole is one entry that ends in <c>/</c>.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Added to the index and deleted from the working tree: no difference from the commit.</summary>
    private const char NoChange = '\0';

    /// <summary>Parses <c>git status --porcelain=v2 --branch -z --no-renames --ignored=matching</c>.</summary>
    public static WorkingTreeStatus Parse(ReadOnlySpan<byte> output)
    {
        ObjectId? head = null;
        string? branch = null;
        var changes = new List<WorkingChange>();
        var paths = new List<string>();
        var indexed = new List<TreeEntry>();
        var ignored = new List<string>();
        while (!output.IsEmpty)
        {
            var end = output.IndexOf((byte)0);
            end = end < 0 ? output.Length : end;
            var line = output[..end];
            output = output[Math.Min(end + 1, output.Length)..];
            if (line.StartsWith("# branch.oid "u8))
            {
                head = ObjectId.TryParse(GitPath.Decode(line[13..]), out var id) ? id : null;
            }
            else if (line.StartsWith("# branch.head "u8))
            {
                var name = GitPath.Decode(line[14..]);
                branch = name == "(detached)" ? null : name;
            }
            else if (line.StartsWith("! "u8))
            {
                ignored.Add(GitPath.Decode(line[2..]));
            }
            else if (ParseChange(line) is { } change)
            {
                paths.Add(change.Path);
                if (FindIndexed(line, change.Path) is { } entry)
                {
                    indexed.Add(entry);
                }

                if (change.Kind != NoChange)
                {
                    changes.Add(change);
                }
            }
        }

        return new WorkingTreeStatus(head, branch, changes, paths)
        {
            Indexed = indexed,
            Ignored = ignored,
            HasConflicts = changes.Exists(change => change.Kind == 'U'),
        };
    }

    /// <summary>Adds submodules with uncommitted changes inside.</summary>
    /// <param name="submodules">Their paths from the top.</param>
    public WorkingTreeStatus With(IReadOnlyCollection<string> submodules) =>
        submodules.Count == 0
            ? this
            : this with
            {
                Changes =
                [
                    .. Changes.Select(change =>
                        submodules.Contains(change.Path) ? change with { IsOpen = true } : change
                    ),
                    .. submodules
                        .Except(Changes.Select(change => change.Path), StringComparer.Ordinal)
                        .Select(path => new WorkingChange('M', path) { IsOpen = true, HasCommit = true }),
                ],
                Paths = [.. Paths.Union(submodules, StringComparer.Ordinal)],
            };

    /// <summary>The index entry in "1 XY sub mH mI mW hH hI path": mI and hI.</summary>
    private static TreeEntry? FindIndexed(ReadOnlySpan<byte> line, string path)
    {
        if (!line.StartsWith("1 "u8))
        {
            return null;
        }

        var fields = GitPath.Decode(line[..Math.Min(line.Length, 256)]).Split(' ');
        var mode = IndexEntry.ModeOf(fields[4]);
        return mode == EntryMode.None ? null : new TreeEntry(mode, ObjectId.Parse(fields[7]), path);
    }

    private static WorkingChange? ParseChange(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("? "u8))
        {
            return new WorkingChange('?', GitPath.Decode(line[2..]));
        }

        // "1 XY sub mH mI mW hH hI path", and "u XY sub m1 m2 m3 mW h1 h2 h3 path" for a conflict.
        var isConflict = line.StartsWith("u "u8);
        if (!isConflict && !line.StartsWith("1 "u8))
        {
            return null;
        }

        var (index, tree) = ((char)line[2], (char)line[3]);
        for (var fields = isConflict ? 10 : 8; fields > 0; fields--)
        {
            line = line[(line.IndexOf((byte)' ') + 1)..];
        }

        var kind =
            isConflict ? 'U'
            : index == 'A' ? (tree == 'D' ? NoChange : 'A')
            : tree is '.' ? index
            : tree;
        return new WorkingChange(kind, GitPath.Decode(line));
    }
}

/// <summary>A difference between <c>HEAD</c> and the working tree.</summary>
/// <param name="Kind"><c>M</c> changed, <c>A</c> added, <c>D</c> deleted, <c>T</c> another type, <c>U</c> in conflict, <c>?</c> not tracked.</param>
/// <param name="Path">From the top of the working tree.</param>
internal sealed record WorkingChange(char Kind, string Path)
{
    /// <summary>True for a submodule with uncommitted changes inside.</summary>
    public bool IsOpen { get; init; }

    /// <summary>True for a submodule at the commit in <c>HEAD</c>, so that this is its only difference.</summary>
    public bool HasCommit { get; init; }
}

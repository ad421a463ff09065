using System.Globalization;
using Lading.Git;

namespace Lading.Retention.Gathering;

/// <summary>The commits whose images are kept: those checked out, the tips of branches, tags, and those in the reflog.</summary>
/// <param name="Commits">The strongest reason first.</param>
/// <param name="WorkTrees">The top folders of all working trees of the repository.</param>
internal sealed record WantedCommits(IReadOnlyList<WantedCommit> Commits, IReadOnlyList<string> WorkTrees)
{
    private const string Attempted = "Could not find the commits that git keeps";

    /// <summary>Reads them from a clone.</summary>
    /// <param name="git">The program, in a folder of the clone.</param>
    /// <param name="reflogSince">How far back the reflog counts; null for not at all.</param>
    /// <param name="cancellationToken">Cancels it and ends git.</param>
    /// <exception cref="LadingException">git is missing, or failed.</exception>
    public static async Task<WantedCommits> ReadAsync(
        GitProgram git,
        DateTimeOffset? reflogSince,
        CancellationToken cancellationToken
    )
    {
        var trees = await git.RunAsync(Attempted, ["worktree", "list", "--porcelain"], cancellationToken)
            .ConfigureAwait(false);
        var refs = await git.RunAsync(
                Attempted,
                ["for-each-ref", "--format=%(objectname) %(objecttype) %(*objecttype) %(refname)"],
                cancellationToken
            )
            .ConfigureAwait(false);
        var reflog = reflogSince is { } since
            ? await ReadReflogAsync(git, since, cancellationToken).ConfigureAwait(false)
            : [];
        var (heads, folders) = ReadWorkTrees(trees.Text);
        return new WantedCommits([.. heads, .. ReadRefs(refs.Text), .. reflog], folders);
    }

    private static (List<WantedCommit> Heads, List<string> Folders) ReadWorkTrees(string text)
    {
        var heads = new List<WantedCommit>();
        var folders = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("worktree ", StringComparison.Ordinal))
            {
                folders.Add(line["worktree ".Length..]);
            }
            else if (line.StartsWith("HEAD ", StringComparison.Ordinal) && line["HEAD ".Length..].Trim('0').Length > 0)
            {
                // The main working tree comes first.
                var reason = folders.Count == 1 ? "HEAD" : $"HEAD of the worktree {Path.GetFileName(folders[^1])}";
                heads.Add(new WantedCommit(line["HEAD ".Length..], reason));
            }
        }

        return (heads, folders);
    }

    private static IEnumerable<WantedCommit> ReadRefs(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ', 4);
            // A tag may be of a tree or a file, which has no images.
            if (parts[1] == "commit" || (parts[1] == "tag" && parts[2] is "commit" or "tag"))
            {
                yield return new WantedCommit(parts[0], ReasonOf(parts[3]));
            }
        }
    }

    private static string ReasonOf(string name)
    {
        foreach (
            var (prefix, noun) in new[]
            {
                ("refs/heads/", "the tip of branch"),
                ("refs/remotes/", "the tip of branch"),
                ("refs/tags/", "tag"),
            }
        )
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return $"{noun} {name[prefix.Length..]}";
            }
        }

        return name == "refs/stash" ? "the last stash" : name;
    }

    /// <summary>
    /// The commits each reference pointed to since a time; the commit at that time comes from an older entry, the next
    /// one in the list.
    /// </summary>
    private static async Task<IReadOnlyList<WantedCommit>> ReadReflogAsync(
        GitProgram git,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var result = await git.RunAsync(
                Attempted,
                ["log", "--walk-reflogs", "--all", "--date=unix", "--format=%H %gD"],
                cancellationToken
            )
            .ConfigureAwait(false);
        var wanted = new List<WantedCommit>();
        var complete = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in result.Text.Split('\n'))
        {
            // <hash> refs/heads/main@{1764412800}
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var at = line.LastIndexOf("@{", StringComparison.Ordinal);
            if (space < 0 || at < space)
            {
                continue;
            }

            var name = line[(space + 1)..at];
            if (complete.Contains(name))
            {
                continue;
            }

            wanted.Add(new WantedCommit(line[..space], $"the reflog of {ShortOf(name)}"));
            if (
                long.TryParse(line[(at + 2)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && DateTimeOffset.FromUnixTimeSeconds(seconds) < since
            )
            {
                complete.Add(name);
            }
        }

        return wanted;
    }

    private static string ShortOf(string name) =>
        name.StartsWith("refs/heads/", StringComparison.Ordinal) ? name["refs/heads/".Length..] : name;
}

using System.Text;
using Lading.Processes;

namespace Lading.Git;

/// <summary>
/// Settings that keep git from running filter programs from a repository's own configuration (gitattributes, "filter"), except those of
/// Git LFS, under the names that every installation uses.
/// </summary>
internal static class OwnFilters
{
    private const string Prefix = "filter.";

    private static readonly KeyValuePair<string, string>[] LfsFilters =
    [
        new("filter.lfs.clean", "git-lfs clean -- %f"),
        new("filter.lfs.smudge", "git-lfs smudge -- %f"),
        new("filter.lfs.process", "git-lfs filter-process"),
    ];

    /// <summary>Finds the settings for a repository; most have no filters, and need no process.</summary>
    /// <param name="git">git, run in the repository.</param>
    /// <param name="top">Its top folder; null if only git knows it.</param>
    /// <param name="cancellationToken">Cancels the git commands.</param>
    public static async Task<IReadOnlyList<KeyValuePair<string, string>>> FindAsync(
        GitProgram git,
        string? top,
        CancellationToken cancellationToken
    )
    {
        if (top is not null && HasNoFilters(Path.Combine(top, ".git")))
        {
            return [];
        }

        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var scope in (string[])["--local", "--worktree"])
        {
            var call = git.Call("config", scope, "--includes", "--null", "--name-only", "--get-regexp", @"^filter\.");
            var listed = await ProgramRunner
                .RunAsync(call, ReadOnlyMemory<byte>.Empty, cancellationToken)
                .ConfigureAwait(false);
            if (listed.ExitCode == 0)
            {
                names.UnionWith(
                    GitPath
                        .Decode(listed.Output.Span)
                        .Split('\0', StringSplitOptions.RemoveEmptyEntries)
                        .Select(key => key[Prefix.Length..key.LastIndexOf('.')])
                );
            }
        }

        return
        [
            .. names.SelectMany(name =>
                name == "lfs"
                    ? LfsFilters
                    :
                    [
                        new($"{Prefix}{name}.clean", ""),
                        new($"{Prefix}{name}.smudge", ""),
                        new($"{Prefix}{name}.process", ""),
                        new($"{Prefix}{name}.required", "false"),
                    ]
            ),
        ];
    }

    /// <summary>Whether the repository is a plain clone whose configuration has neither filters nor includes.</summary>
    private static bool HasNoFilters(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "config"), Encoding.Latin1);
            return !text.Contains("filter", StringComparison.OrdinalIgnoreCase)
                && !text.Contains("include", StringComparison.OrdinalIgnoreCase)
                && !text.Contains("worktreeConfig", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A worktree, a submodule or an unreadable file: ask git.
            return false;
        }
    }
}

using Lading.Processes;

namespace Lading.Git;

/// <summary>A git working tree, seen from one folder in it.</summary>
/// <param name="Git">The program, run in that folder.</param>
/// <param name="Top">The top folder of the working tree.</param>
/// <param name="Prefix">The folder's path from the top, ending in <c>/</c>; empty at the top.</param>
internal sealed record GitRepository(GitProgram Git, string Top, string Prefix)
{
    /// <summary>Finds the working tree of a folder.</summary>
    /// <exception cref="LadingException">There is none, or git refuses to read it.</exception>
    public static async Task<GitRepository> FindAsync(string folder, CancellationToken cancellationToken)
    {
        // git starts from the target of a link, not from the link.
        folder = RealPath.Of(folder);
        var git = new GitProgram(folder);
        if (FindTop(folder) is { } top && Environment.GetEnvironmentVariable("GIT_DIR") is null)
        {
            git = git with { Settings = await OwnFilters.FindAsync(git, top, cancellationToken).ConfigureAwait(false) };
            var relative = SlashPath.From(top, folder);
            return new GitRepository(git, top, relative == "." ? "" : relative + "/");
        }

        var result = await git.RunAsync(
                "Could not find the git repository",
                ["rev-parse", "--show-toplevel", "--show-prefix"],
                cancellationToken
            )
            .ConfigureAwait(false);
        var lines = result.Text.Split('\n');
        git = git with { Settings = await OwnFilters.FindAsync(git, null, cancellationToken).ConfigureAwait(false) };
        return new GitRepository(git, lines[0], lines.Length > 1 ? lines[1] : "");
    }

    /// <summary>
    /// The name of the repository's folder. In a linked worktree, that of the repository itself
    /// (gitrepository-layout(5), "commondir"): each worktree has another folder name.
    /// </summary>
    public async Task<string> GetNameAsync(CancellationToken cancellationToken)
    {
        var result = await Git.RunAsync(
                "Could not find the git repository",
                ["rev-parse", "--path-format=absolute", "--git-dir", "--git-common-dir"],
                cancellationToken
            )
            .ConfigureAwait(false);
        var folders = result.Text.Split('\n');
        return folders is [var own, var common] && own != common ? NameOf(common) : Path.GetFileName(Top);
    }

    /// <summary>The commit, the branch, the changes since the commit, and ignored paths.</summary>
    public async Task<WorkingTreeStatus> GetStatusAsync(CancellationToken cancellationToken)
    {
        var result = await Git.RunAsync(
                "Could not see what is uncommitted",
                [
                    .. (string[])["status", "--porcelain=v2", "--branch", "-z", "--no-renames"],
                    // One walk through the working tree finds ignored files as well.
                    .. (string[])["--untracked-files=all", "--ignored=matching", "--ignore-submodules=dirty"],
                ],
                cancellationToken
            )
            .ConfigureAwait(false);
        var open = await OpenSubmodules.FindAsync(this, cancellationToken).ConfigureAwait(false);
        return WorkingTreeStatus.Parse(result.Output.Span).With(open);
    }

    /// <summary>Ensures that HEAD has no commit yet, if its commit was not found.</summary>
    /// <exception cref="LadingException">It has one, which is missing.</exception>
    public async Task RequireNoHeadAsync(CancellationToken cancellationToken)
    {
        var call = Git.Call("rev-parse", "--verify", "--quiet", "HEAD");
        var result = await ProgramRunner
            .RunAsync(call, ReadOnlyMemory<byte>.Empty, cancellationToken)
            .ConfigureAwait(false);
        if (result.ExitCode == 0)
        {
            throw new LadingException(
                "Could not read the commit at HEAD",
                $"HEAD is {result.Text}, and the repository does not have that object",
                "Run 'git fsck'. If a remote has the commit, 'git fetch' it again."
            );
        }
    }

    /// <summary>The commit of a revision; null if it is not in this clone.</summary>
    public async Task<ObjectId?> FindCommitAsync(string revision, CancellationToken cancellationToken)
    {
        var call = Git.Call("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}");
        try
        {
            var result = await ProgramRunner
                .RunAsync(call, ReadOnlyMemory<byte>.Empty, cancellationToken)
                .ConfigureAwait(false);
            return result.ExitCode switch
            {
                0 => ObjectId.Parse(result.Text),
                1 => null,
                _ => throw GitFailure.Of($"Could not look up revision {revision}", result.Error),
            };
        }
        catch (ProgramNotFoundException e)
        {
            throw GitFailure.Missing($"Could not look up revision {revision}", e);
        }
    }

    /// <summary>Whether one commit is an ancestor of another; both must be in this clone.</summary>
    public async Task<bool> IsAncestorAsync(string earlier, string later, CancellationToken cancellationToken)
    {
        var call = Git.Call("merge-base", "--is-ancestor", earlier, later);
        try
        {
            var result = await ProgramRunner
                .RunAsync(call, ReadOnlyMemory<byte>.Empty, cancellationToken)
                .ConfigureAwait(false);
            return result.ExitCode == 0;
        }
        catch (ProgramNotFoundException e)
        {
            throw GitFailure.Missing($"Could not compare {earlier} with {later}", e);
        }
    }

    /// <summary>The commit of a revision.</summary>
    /// <exception cref="LadingException">It is not in this clone.</exception>
    public async Task<ObjectId> GetCommitAsync(string revision, CancellationToken cancellationToken) =>
        await FindCommitAsync(revision, cancellationToken).ConfigureAwait(false)
        ?? throw LadingException.Usage(
            $"Could not find revision {revision}",
            "this clone does not have that commit",
            $"Check its spelling; a shallow clone may have to fetch it: git fetch --unshallow. '{DoctorCheck.Command(DoctorCheck.GitClone)}' says whether this is one."
        );

    /// <param name="folder">
    /// The folder that worktrees share: <c>shop/.git</c>, <c>shop/.bare</c> or <c>shop.git</c>.
    /// </param>
    private static string NameOf(string folder)
    {
        var name = Path.GetFileName(folder);
        return name.StartsWith('.') ? Path.GetFileName(Path.GetDirectoryName(folder)) ?? ""
            : name.EndsWith(".git", StringComparison.Ordinal) ? name[..^".git".Length]
            : name;
    }

    private static string? FindTop(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            // It is a file in a worktree or submodule, otherwise a folder.
            if (Path.Exists(Path.Combine(at.FullName, ".git")))
            {
                return at.FullName;
            }
        }

        return null;
    }
}

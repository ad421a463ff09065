using Lading.Git;
using Lading.Retention.Gathering;
using Lading.Testing;

namespace Lading.Tests.Retention;

public sealed class FindingWantedCommits : IAsyncLifetime
{
    private static readonly DateTimeOffset Always = DateTimeOffset.UnixEpoch;
    private TestRepository git = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => git = await TestRepository.CreateAsync();

    public ValueTask DisposeAsync()
    {
        git.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_checked_out_commit_comes_first()
    {
        var first = await git.CommitAsync("first");

        var wanted = await ReadAsync(null);

        Assert.Equal(new WantedCommit(first, "HEAD"), wanted.Commits[0]);
        Assert.Contains(new WantedCommit(first, "the tip of branch main"), wanted.Commits);
        Assert.Single(wanted.WorkTrees);
    }

    [Fact]
    public async Task Branches_and_tags_are_wanted_local_and_remote()
    {
        var first = await git.CommitAsync("first");
        await git.RunAsync("tag light");
        await git.RunAsync("tag --annotate noted --message noted");
        await git.RunAsync("update-ref refs/remotes/origin/feature HEAD");
        await git.CommitAsync("second");

        var wanted = await ReadAsync(null);

        Assert.Contains(new WantedCommit(first, "tag light"), wanted.Commits);
        Assert.Contains(wanted.Commits, commit => commit.Reason == "tag noted");
        Assert.Contains(new WantedCommit(first, "the tip of branch origin/feature"), wanted.Commits);
    }

    [Fact]
    public async Task Another_worktree_is_wanted_and_named_by_its_folder()
    {
        await git.CommitAsync("first");
        using var folder = new TestFolder();
        await git.GitAsync("worktree", "add", "--quiet", "--detach", folder.Combine("other"));

        var wanted = await ReadAsync(null);

        Assert.Contains(wanted.Commits, commit => commit.Reason == "HEAD of the worktree other");
        Assert.Equal(2, wanted.WorkTrees.Count);
    }

    [Fact]
    public async Task A_tag_of_a_file_is_not_a_commit()
    {
        await git.Write("file", "text").CommitAsync("first");
        await git.RunAsync("tag blob HEAD:file");

        Assert.DoesNotContain((await ReadAsync(null)).Commits, commit => commit.Reason == "tag blob");
    }

    [Fact]
    public async Task The_reflog_tells_what_was_checked_out_since_then()
    {
        var first = await git.CommitAsync("first");
        await git.CommitAsync("second");
        await git.RunAsync("reset --quiet --hard HEAD~1");
        var third = await git.CommitAsync("third");
        var lost = await git.GitAsync("rev-parse", "HEAD@{2}");

        var wanted = await ReadAsync(Always);

        Assert.Contains(wanted.Commits, commit => commit.Name == lost);
        Assert.Contains(wanted.Commits, commit => commit.Name == first);
        Assert.Contains(wanted.Commits, commit => commit.Name == third);
    }

    [Fact]
    public async Task A_commit_that_was_checked_out_at_that_time_counts_even_if_its_entry_is_older()
    {
        var first = await git.CommitAsync("first");
        var second = await git.CommitAsync("second");

        var wanted = await ReadAsync(DateTimeOffset.MaxValue);

        var names = wanted
            .Commits.Where(commit => commit.Reason.Contains("reflog", StringComparison.Ordinal))
            .Select(commit => commit.Name)
            .ToList();
        Assert.Contains(second, names);
        Assert.DoesNotContain(first, names);
    }

    [Fact]
    public async Task A_repository_without_commits_wants_none() => Assert.Empty((await ReadAsync(Always)).Commits);

    private Task<WantedCommits> ReadAsync(DateTimeOffset? reflogSince) =>
        WantedCommits.ReadAsync(new GitProgram(git.Folder), reflogSince, Cancelled);
}

using Lading.Oci;
using Lading.Projects;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;
using Lading.Testing;

namespace Lading.Tests.Retention.Gathering;

/// <summary>What a clone wants kept, and what it must contain for that to be known.</summary>
public sealed class ReadingAClone : IAsyncLifetime
{
    private const string Host = "222222222222.dkr.ecr.eu-central-1.amazonaws.com";

    private static readonly DateTimeOffset Now = new(2026, 11, 29, 0, 0, 0, TimeSpan.Zero);

    private TestRepository repository = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        repository
            .Write("Dockerfile", "FROM scratch\nCOPY app /\n")
            .Write("app", "one")
            .Write(
                "lading.json",
                """
                {
                  "project": "shop",
                  "images": { "web": { "context": "." } },
                  "environments": { "prod": { "account": "222222222222", "region": "eu-central-1" } },
                  "retention": { "references": { "file": "images.txt", "command": "echo 222222222222.dkr.ecr.eu-central-1.amazonaws.com/shop/web:k8s" } }
                }
                """
            );
        await repository.CommitAsync("one");
    }

    public ValueTask DisposeAsync()
    {
        repository.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Tips_of_branches_and_tags_want_their_identities_kept()
    {
        await repository.RunAsync("tag v1");
        await repository.RunAsync("switch --quiet --create feature");
        repository.Write("app", "two");
        await repository.CommitAsync("two");

        var evidence = await ReadAsync(repository);

        Assert.Empty(evidence.Holds);
        Assert.Equal(2, evidence.Uses.Count);
        Assert.All(evidence.Uses, use => Assert.Equal((UseKind.Revision, Host), (use.Kind, use.Image.Host)));
        Assert.Contains(
            evidence.Uses,
            use => use.Reason.Contains("feature", StringComparison.Ordinal) || use.Reason == "needed by HEAD and 1 more"
        );
    }

    [Fact]
    public async Task A_shallow_clone_holds_everything_and_says_how_to_fetch_the_rest()
    {
        repository.Write("app", "two");
        await repository.CommitAsync("two");
        using var clone = await repository.CloneShallowAsync();

        var hold = (await ReadAsync(clone)).Holds[0];

        Assert.Equal((Host, null), (hold.Host, hold.Repository));
        Assert.Contains("the clone is shallow", hold.Reason, StringComparison.Ordinal);
        Assert.Contains("git fetch --unshallow", hold.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_branch_that_was_not_fetched_holds_everything()
    {
        using var clone = await TestRepository.CreateAsync();
        await clone.GitAsync("remote", "add", "origin", repository.Folder);
        await clone.GitAsync("fetch", "--quiet", "origin");
        await clone.GitAsync("reset", "--quiet", "--hard", "origin/main");
        Assert.Empty((await ReadAsync(clone)).Holds);

        await repository.RunAsync("switch --quiet --create feature");
        repository.Write("app", "two");
        await repository.CommitAsync("two");

        var hold = Assert.Single((await ReadAsync(clone)).Holds);
        Assert.Equal("branch feature of origin was not fetched", hold.Reason);
    }

    [Fact]
    public async Task A_partial_clone_fetches_what_identities_need()
    {
        await repository.GitAsync("config", "uploadpack.allowFilter", "true");
        await repository.GitAsync("config", "uploadpack.allowAnySHA1InWant", "true");
        await repository.RunAsync("switch --quiet --create feature");
        repository.Write("Dockerfile", "FROM scratch\nCOPY app /there\n").Write("app", "two");
        await repository.CommitAsync("two");
        var whole = await ReadAsync(repository);
        using var clone = await TestRepository.CreateAsync();
        await clone.GitAsync("remote", "add", "origin", $"file://{repository.Folder}");
        await clone.GitAsync("fetch", "--quiet", "--filter=blob:none", "origin");
        await clone.GitAsync("reset", "--quiet", "--hard", "origin/main");

        var evidence = await ReadAsync(clone);

        Assert.Empty(evidence.Holds);
        Assert.Equal(
            whole.Uses.Select(use => use.Image).ToHashSet(),
            evidence.Uses.Select(use => use.Image).ToHashSet()
        );
        Assert.Equal(2, evidence.Uses.Count);
    }

    [Fact]
    public async Task An_unreachable_remote_holds_everything()
    {
        await repository.GitAsync("remote", "add", "origin", "/nowhere");

        Assert.Contains(
            "origin could not be asked for its branches",
            Assert.Single((await ReadAsync(repository)).Holds).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_folder_without_a_repository_holds_everything()
    {
        using var folder = new TestFolder();
        File.Copy(Path.Combine(repository.Folder, "lading.json"), folder.Combine("lading.json"));
        var project = await Project.FindAsync(folder.Path, "prod", Cancelled);

        var evidence = await new CloneUses(project, Host, stateFolder: null).ReadAsync(Now, Cancelled);

        Assert.Contains(
            "what branches and tags need is unknown",
            Assert.Single(evidence.Holds).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task References_from_a_file_and_from_a_command_count_and_an_invalid_line_holds()
    {
        repository.Write(
            "images.txt",
            $"# Kubernetes\n{Host}/shop/web@{RetentionWorld.Digest('a')}\n\nnot a reference\n"
        );

        var found = await ListedAsync();

        Assert.Equal([RetentionWorld.Digest('a'), "k8s"], found.Uses.Select(use => use.Image.Manifest.ToString()));
        Assert.Contains(
            "line 4 of images.txt is not a reference",
            Assert.Single(found.Holds).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_unreadable_list_holds_everything()
    {
        var hold = Assert.Single((await ListedAsync()).Holds);

        Assert.Equal((Host, null), (hold.Host, hold.Repository));
        Assert.Contains("the references of images.txt could not be read", hold.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_branch_of_the_remote_is_wanted_even_without_a_local_reference()
    {
        using var clone = await TestRepository.CreateAsync();
        await clone.GitAsync("remote", "add", "origin", repository.Folder);
        await clone.GitAsync("fetch", "--quiet", "origin");
        await clone.GitAsync("reset", "--quiet", "--hard", "origin/main");
        var old = await repository.RunAsync("rev-parse HEAD");
        repository.Write("app", "two");
        await repository.CommitAsync("two");
        await repository.GitAsync("branch", "support", old.Trim());
        await clone.GitAsync("fetch", "--quiet", "origin", "main");
        await clone.GitAsync("update-ref", "-d", "refs/remotes/origin/support");
        await clone.GitAsync("reset", "--quiet", "--hard", "FETCH_HEAD");

        var evidence = await ReadAsync(clone);

        Assert.Empty(evidence.Holds);
        Assert.Equal(2, evidence.Uses.Select(use => use.Image.Manifest.ToString()).Distinct().Count());
        Assert.Contains(evidence.Uses, use => use.Reason.Contains("support of origin", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reference_without_a_host_counts_in_a_repository_of_the_project_and_holds_elsewhere()
    {
        repository.Write("images.txt", "shop/web:1.4\nother/thing:1\ndocker.io/library/nginx:1\n");

        var found = await ListedAsync();

        var used = found.Uses[0].Image;
        Assert.Equal((null, "shop/web", "1.4"), (used.Host, used.Repository?.Value, used.Manifest.ToString()));
        Assert.Contains("line 2 of images.txt", Assert.Single(found.Holds).Reason, StringComparison.Ordinal);
    }

    private async Task<GatheredUses> ListedAsync()
    {
        var project = await Project.FindAsync(repository.Folder, "prod", Cancelled);
        return await new ListedReferences(project.Configuration.Retention.References!, project, Host).ReadAsync(
            Now,
            Cancelled
        );
    }

    private static async Task<RetentionEvidence> ReadAsync(TestRepository clone)
    {
        var project = await Project.FindAsync(clone.Folder, "prod", Cancelled);
        return await new CloneUses(project, Host, stateFolder: null).ReadAsync(Now, Cancelled);
    }
}

using Lading.Locks;
using Lading.Server;
using Lading.Testing;
using Lading.Tests.Rollbacks;
using Lading.Tests.Running;

namespace Lading.Tests.Retention;

/// <summary>Publish, deploy, ten releases on, clean up with the grace over: the last ten can be gone back to, and no others.</summary>
public sealed class GoingBackAfterACleanUp : IAsyncLifetime
{
    private const int Deployed = 12;
    private readonly List<string> images = [];
    private RollbackWorld world = null!;
    private TestRegistry registry = null!;
    private TestRepository git = null!;

    public async ValueTask InitializeAsync()
    {
        world = await RollbackWorld.StartAsync();
        registry = await TestRegistry.StartAsync(
            new RegistryServerOptions { Account = RunningWorld.Account, Region = RunningWorld.Region }
        );
        world.Variables["AWS_ENDPOINT_URL_ECR"] = registry.Address.ToString();
        git = await TestRepository.CreateAsync();
        git.Write(".gitignore", ".lading/\n")
            .Write(
                "lading.json",
                $$"""
                {
                  "project": "shop",
                  "images": { "web": { "assemble": { "sources": ["page"], "base": "scratch", "copy": { "page": "/page" } } } },
                  "environments": { "prod": { "account": "{{RunningWorld.Account}}", "region": "{{RunningWorld.Region}}" } },
                  "retention": { "days": 1 }
                }
                """
            );
    }

    public async ValueTask DisposeAsync()
    {
        git.Dispose();
        await registry.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task The_tenth_release_back_runs_again_and_the_eleventh_is_reported_as_gone()
    {
        for (var release = 1; release <= Deployed; release++)
        {
            git.Write("page", $"release {release}");
            await git.CommitAsync($"Release {release}");
            (await ToolAsync("publish")).Succeeded();
            var locked = LockFile.Read(Path.Combine(git.Folder, ".lading", "prod.lock.json")).Images["web"];
            images.Add($"{world.Aws.Host}/shop/web@{locked.Digest}");
            world.Deploy(images[^1]);
        }

        world.Aws.Stacks.Advance(TimeSpan.FromDays(40));
        var marked = (await ToolAsync("prune", "--apply", "--yes")).Succeeded();
        Assert.Contains(
            "2 images marked: a run after 7 days deletes what is still unused",
            marked.Out,
            StringComparison.Ordinal
        );
        world.Aws.Stacks.Advance(TimeSpan.FromDays(7));
        var deleted = (await ToolAsync("prune", "--apply", "--yes")).Succeeded();
        // Each with the statement of its inputs.
        Assert.Contains("4 images deleted", deleted.Out, StringComparison.Ordinal);

        (await world.RollbackAsync("--to", "#3")).Succeeded();
        Assert.Equal(images[2], world.Running);

        var gone = await world.RollbackAsync("--to", "#2");
        Assert.Equal(3, gone.ExitCode);
        Assert.Contains("is not in its registry any more", gone.Out, StringComparison.Ordinal);
        Assert.Equal(images[2], world.Running);
    }

    private Task<ToolRun> ToolAsync(params IReadOnlyList<string> arguments) =>
        world.ToolAsync(["--directory", git.Folder, .. arguments, "--env", "prod"]);
}

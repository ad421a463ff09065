using Lading.Layout;
using Lading.Locks;
using Lading.Oci;
using Lading.Testing;

namespace Lading.IntegrationTests.Publishing;

/// <summary>
/// Twenty processes publish an image that differs each time it is made: all of them use the one that is first.
/// </summary>
public sealed class PublishingTwentyTimesAtOnce : IAsyncLifetime
{
    private TestRegistry? registry;
    private SmallProject? project;

    private SmallProject Project => project!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        registry = await TestRegistry.StartAsync();
        project = await SmallProject.CreateAsync(registry.Host);
        await project.MakeSiteDifferEachTimeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        project?.Dispose();
        await registry!.DisposeAsync();
    }

    [Theory]
    [InlineData("local")]
    [InlineData("shared")]
    public async Task On_the_embedded_registry_there_is_one_digest_and_a_whole_lock(string environment)
    {
        var call = Project.Call("publish", "--env", environment, "--output", "json");

        var runs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ToolProcess.RunAsync(call)));

        Assert.All(runs, run => run.Succeeded());
        var told = runs.Select(run => PublishedImageJson.Parse(run.Out)).ToList();
        Assert.True(Project.Runs > 1, "No two were under way at the same time: this proves nothing.");
        var locked = LockFile.Read(Project.LockPath(environment)).Images;
        Assert.Equal(["site", "web"], locked.Keys);
        var store = environment == "local" ? new LayoutStore(Project.Store) : registry!.Store;
        var commit = await Project.Repository.GitAsync("rev-parse", "HEAD");
        foreach (var (name, image) in locked)
        {
            var digest = Assert.Single(told.Select(images => images[name].Digest).Distinct());
            Assert.Equal(digest, image.Digest.ToString());
            Assert.Equal(commit, image.Revision);
            var tags = await VerifiedTags.VerifyAsync(store.Open(RepositoryName.Parse($"shop/{name}")), Cancelled);
            Assert.Equal([$"git-{commit}", $"src-{image.Fingerprint[..40]}"], tags.Keys.Order());
            Assert.All(tags.Values, stands => Assert.Equal(image.Digest, stands));
        }

        Assert.Contains(runs, run => run.Error.Contains("another machine published the same inputs first"));
    }
}

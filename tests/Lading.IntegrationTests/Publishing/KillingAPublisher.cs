using System.Diagnostics;
using Lading.Layout;
using Lading.Oci;
using Lading.Processes;
using Lading.Testing;

namespace Lading.IntegrationTests.Publishing;

/// <summary>
/// A publisher that is killed at any moment leaves the old lock or the new one, and whole images behind all tags.
/// </summary>
public sealed class KillingAPublisher : IAsyncLifetime
{
    /// <summary>Moments at which a run is killed, evenly spread.</summary>
    private const int Moments = 16;

    private readonly Random random = new(1);
    private SmallProject? project;

    private SmallProject Project => project!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        project?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task On_the_embedded_registry_the_next_run_completes()
    {
        project = await SmallProject.CreateAsync();
        using var registry = new EmbeddedRegistry(new LayoutStore(Project.Store), TimeProvider.System);

        await KillOverTheWholeRunAsync("local", registry);
    }

    [Fact]
    public async Task On_another_registry_the_next_run_completes()
    {
        await using var server = await DockerRegistryServer.StartAsync();
        project = await SmallProject.CreateAsync(server.Host);
        using var client = new RegistryClient(server.Host);

        await KillOverTheWholeRunAsync("shared", client.Registry);
    }

    private async Task KillOverTheWholeRunAsync(string environment, IImageRegistry registry)
    {
        await ChangeAsync();
        var whole = await PublishAsync(environment, TimeSpan.MaxValue);
        Assert.NotNull(whole);
        var (kept, killed) = (0, 0);
        for (var moment = 0; moment < Moments; moment++)
        {
            await ChangeAsync();
            var before = Project.LockText(environment);
            var took = await PublishAsync(environment, whole.Value * (moment + 0.5) / Moments);
            killed += took is null ? 1 : 0;
            kept += await IsOldOrNewAsync(environment, before) ? 1 : 0;
            await VerifyAsync(registry);
            if (moment % 4 == 3)
            {
                took = await PublishAsync(environment, TimeSpan.MaxValue);
                Assert.False(await IsOldOrNewAsync(environment, before));
                await VerifyAsync(registry);
            }

            // How long a run takes depends on what else the machine does.
            whole = took ?? whole;
        }

        Assert.True(killed > Moments / 3, $"Only {killed} of {Moments} were killed before their end.");
        Assert.True(kept > Moments / 3, $"Only {kept} of {Moments} were killed before they wrote the lock.");
    }

    /// <summary>Publishes in a process of its own, which is killed after a while.</summary>
    /// <returns>How long it took; null if it was killed.</returns>
    private async Task<TimeSpan?> PublishAsync(string environment, TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        await using var run = RunningProgram.Start(Project.Call("publish", "--env", environment));
        using var words = new StreamReader(run.Error, leaveOpen: true);
        var error = words.ReadToEndAsync(Cancelled);
        var end = run.WaitAsync(Cancelled);
        var isPatient = patience == TimeSpan.MaxValue;
        if (await Task.WhenAny(end, isPatient ? end : Task.Delay(patience, TimeProvider.System, Cancelled)) == end)
        {
            Assert.True(await end == 0, await error);
            return clock.Elapsed;
        }

        run.Kill();
        await end;
        return null;
    }

    /// <summary>True for the old lock; any other must match what the registry says about HEAD, whole.</summary>
    private async Task<bool> IsOldOrNewAsync(string environment, string before)
    {
        var now = Project.LockText(environment);
        if (now == before)
        {
            return true;
        }

        (await Project.LadingAsync("resolve", "--env", environment, "--lock", ".lading/expected.json")).Succeeded();
        Assert.Equal(Project.Repository.Read(".lading/expected.json"), now);
        return false;
    }

    private static async Task VerifyAsync(IImageRegistry registry)
    {
        foreach (var name in new[] { "shop/web", "shop/site" })
        {
            await VerifiedTags.VerifyAsync(registry.Open(RepositoryName.Parse(name)), Cancelled);
        }
    }

    /// <summary>
    /// A commit that changes both images: three files that do not compress, so that sending them takes a while.
    /// </summary>
    private async Task ChangeAsync()
    {
        foreach (var part in new[] { "a", "b", "c" })
        {
            var bytes = new byte[600_000];
            random.NextBytes(bytes);
            Project.Repository.Write($"src/web/{part}", Convert.ToBase64String(bytes));
        }

        Project.Repository.Write("src/site/page.txt", $"page {random.Next()}\n");
        await Project.Repository.CommitAsync("Both change");
    }
}

using Lading.Checking;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Projects;
using Lading.Registries;
using Lading.Registry;
using Lading.Shipping;

namespace Lading.IntegrationTests.Publishing;

/// <summary>Publish, plan, resolve and check are classes of Core: no command line, no terminal, no process of their own.</summary>
public sealed class UsingWithoutAConsole : IAsyncLifetime
{
    private SmallProject? project;
    private Workspace? workspace;

    private Workspace Workspace => workspace!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        project = await SmallProject.CreateAsync();
        var found = await Project.FindAsync(project.Repository.Folder, EnvironmentDefinition.LocalName, Cancelled);
        var random = new Random(1);
        var connections = new RegistryConnections(_ => null, TimeProvider.System, random, log: null);
        workspace = new Workspace(
            found,
            ProjectRegistries.OfEveryKind(found, connections, TimeProvider.System, plainHttp: false),
            WorkFolder.Create(found, TimeProvider.System, random),
            TimeProvider.System
        );
    }

    public ValueTask DisposeAsync()
    {
        workspace?.Dispose();
        project?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Images_are_planned_published_resolved_and_checked()
    {
        var plans = new List<ShippingPlan>();
        var sources = new SnapshotRequest([]);

        var planned = await new Shipping.Planning(Workspace).RunAsync(sources, isOffline: false, Cancelled);
        var published = await new Publication(Workspace).RunAsync(
            new PublishRequest(sources),
            plans.Add,
            new Progress<ShippingEvent>(),
            Cancelled
        );
        var again = await new Publication(Workspace).RunAsync(
            new PublishRequest(sources),
            plans.Add,
            new Progress<ShippingEvent>(),
            Cancelled
        );
        var resolved = await new Resolution(Workspace).RunAsync(sources, published.LockPath!, Cancelled);
        var report = await new CheckRun(Workspace).RunAsync(CheckRequest.OfAssembly(null), Cancelled);

        Assert.Equal(["site", "web"], planned.Plan.New.Select(image => image.Name));
        Assert.Equal([2, 0], plans.Select(plan => plan.New.Count()));
        Assert.Null(published.Before);
        Assert.Equal(
            published.Images.Select(image => image.Locked.Digest),
            again.Before!.Images.Values.Select(image => image.Digest)
        );
        Assert.Equal(
            again.Images.Select(image => image.Locked.Digest),
            resolved.Lock.Images.Values.Select(image => image.Digest)
        );
        Assert.True(report.Holds);
        Assert.Equal(2, report.Results.Count);
    }

    [Fact]
    public async Task A_forecast_writes_the_lock_to_come_and_publishes_nothing()
    {
        var path = Path.Combine(Workspace.Path, "local.lock.json");

        var forecast = await new Forecast(Workspace).WriteAsync(new SnapshotRequest([]), path, Cancelled);

        Assert.Equal(2, forecast.Plan.New.Count());
        Assert.All(Locks.LockFile.Read(path).Images.Values, image => Assert.Equal(Forecast.Placeholder, image.Digest));
        Assert.False(Directory.Exists(project!.Store));
        Assert.False(File.Exists(project.LockPath()));
    }
}

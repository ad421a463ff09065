using Lading.Checking;
using Lading.Configuration;
using Lading.Explaining;
using Lading.Fingerprints;
using Lading.Launching;
using Lading.Processes;
using Lading.Projects;
using Lading.Registries;
using Lading.Registry;
using Lading.Shipping;

namespace Lading.IntegrationTests.Publishing;

/// <summary>
/// Publish, plan, resolve and check are classes of Core: no command line, no terminal, no process of their own.
/// </summary>
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
        workspace = Open(found);
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
        var plans = new Plans();
        var sources = new SnapshotRequest([]);

        var planned = await new Shipping.Planning(Workspace).RunAsync(sources, isOffline: false, Cancelled);
        var published = await new Publication(Workspace).RunAsync(new PublishRequest(sources), plans, Cancelled);
        var again = await new Publication(Workspace).RunAsync(new PublishRequest(sources), plans, Cancelled);
        var resolved = await new Resolution(Workspace).RunAsync(sources, published.LockPath!, Cancelled);
        var report = await new CheckRun(Workspace).RunAsync(new CheckRequest(Stacks: null), Cancelled);

        Assert.Equal(["site", "web"], planned.Plan.New.Select(image => image.Name));
        Assert.Equal([2, 0], plans.Heard.Select(plan => plan.New.Count()));
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
    public async Task A_forecast_writes_the_expected_lock_and_publishes_nothing()
    {
        var path = Path.Combine(Workspace.Path, "local.lock.json");

        var forecast = await new LockPreview(Workspace).WriteAsync(new SnapshotRequest([]), path, Cancelled);

        Assert.Equal(2, forecast.Plan.New.Count());
        Assert.All(
            Locks.LockFile.Read(path).Images.Values,
            image => Assert.Equal(LockPreview.Placeholder, image.Digest)
        );
        Assert.False(Directory.Exists(project!.Store));
        Assert.False(File.Exists(project.LockPath()));
    }

    [Fact]
    public async Task An_app_is_started_with_what_was_published_and_an_image_is_explained()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh.");
        var listener = new Listener();
        var caller = new CallingProcess { WorkingDirectory = Workspace.Project.Folder.Path, Variable = _ => null };
        await new Publication(Workspace).RunAsync(new PublishRequest(new SnapshotRequest([])), new Plans(), Cancelled);
        var request = new RunRequest(new SnapshotRequest([])) { Environment = EnvironmentDefinition.LocalName };

        var exitCode = await new AppRun(Workspace.Project, Open, caller, request).RunAsync(
            ["sh", "-c", "test \"$LADING_ENV\" = local && test -f \"$LADING_LOCK\" && exit 7"],
            listener,
            Cancelled
        );
        var explained = await new Explanation(Workspace, "web").RunAsync(from: "lock", to: null, Cancelled);

        Assert.Equal(7, exitCode);
        Assert.Empty(listener.Heard);
        Assert.True(explained.Comparison!.Difference.IsEmpty);
    }

    private Workspace Open(Project project)
    {
        var random = new Random(2);
        var connections = new RegistryConnections(_ => null, TimeProvider.System, random, log: null);
        return new Workspace(
            project,
            ProjectRegistries.OfEveryKind(project, connections, TimeProvider.System, plainHttp: false),
            WorkFolder.Create(project, TimeProvider.System, random),
            TimeProvider.System
        );
    }

    private sealed class Plans : IPublishProgress
    {
        public List<ShippingPlan> Heard { get; } = [];

        public void Planned(ShippingPlan plan) => Heard.Add(plan);

        public void Report(ShippingEvent value) { }

        public Task<PublishOutcome> WatchAsync(Task<PublishOutcome> publishing) => publishing;
    }

    private sealed class Listener : IRunProgress
    {
        public List<string> Heard { get; } = [];

        public IPublishProgress BeginPublishing() => throw new NotSupportedException();

        public void NoImages(string reason) => Heard.Add(reason);

        public void Uncommitted(IReadOnlyList<string> images) => Heard.AddRange(images);
    }
}

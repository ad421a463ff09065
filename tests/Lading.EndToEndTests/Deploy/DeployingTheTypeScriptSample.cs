using System.Text.Json;
using Lading.Locks;
using Lading.Oci;
using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>The sample's TypeScript app, with <c>lading-cdk</c>, in a cloud of its own.</summary>
[Collection(TypeScriptApps.Name)]
public sealed class DeployingTheTypeScriptSample(DeployedAlone alone) : IAsyncLifetime
{
    private readonly DeployedApp app = alone.App;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        SampleApp.RequireTypeScript();
        app.WriteApp(SampleApp.TypeScript.Command);
        await app.Repository.CommitAsync("Take the app in TypeScript");
    }

    public async ValueTask DisposeAsync()
    {
        app.WriteApp(DeployedApp.App);
        await app.Repository.CommitAsync("Take the app in C#");
    }

    [Fact]
    public Task The_sample_is_deployed_changed_rolled_back_and_promoted() =>
        new SampleStory(app, isWhole: true).TellAsync(Cancelled);

    [Fact]
    public async Task A_dirty_tree_is_refused_and_nothing_is_deployed()
    {
        app.Repository.Write("src/site/pages/dirty.txt", "Dirty\n");
        var calls = app.Cloud.Calls.Count;

        var run = await app.DeployAsync();

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("src/site/pages/dirty.txt", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Cloud.Calls.Skip(calls), call => call.Service is "cloudformation");
        File.Delete(Path.Combine(app.Repository.Folder, "src/site/pages/dirty.txt"));
    }

    [Fact]
    public async Task An_image_for_another_platform_is_found_before_cdk_deploys()
    {
        (await app.LadingAsync("publish", "--env", "dev")).Succeeded();
        var path = LockPath.For(app.Repository.Folder, "dev");
        var before = await File.ReadAllTextAsync(path, Cancelled);
        await File.WriteAllTextAsync(
            path,
            before.Replace("linux/amd64", "linux/arm64", StringComparison.Ordinal),
            Cancelled
        );

        var run = await app.CdkAsync("dev", "synth", "--quiet");

        await File.WriteAllTextAsync(path, before, Cancelled);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "the task definition runs on linux/amd64, and the image is for linux/arm64",
            run.Error + run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains("runtimePlatform", run.Error + run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Started_by_cdk_alone_the_app_asks_the_tool_once_and_reports_a_stale_lock()
    {
        (await app.LadingAsync("publish", "--env", "dev")).Succeeded();
        var fresh = (await app.CdkAsync("dev", "synth", "--quiet")).Succeeded();
        app.Repository.Write("src/site/pages/stale.txt", "Stale\n");
        await app.Repository.CommitAsync("Add a page that nobody published");

        var stale = (await app.CdkAsync("dev", "synth", "--quiet")).Succeeded();

        Assert.DoesNotContain("does not match HEAD", fresh.Error + fresh.Out, StringComparison.Ordinal);
        Assert.Contains("Image site does not match HEAD", stale.Error + stale.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Image carts does not match HEAD", stale.Error + stale.Out, StringComparison.Ordinal);
    }
}

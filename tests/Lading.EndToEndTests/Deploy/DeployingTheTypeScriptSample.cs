using System.Text.Json;
using Lading.Locks;
using Lading.Oci;
using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>The sample's TypeScript app, with <c>lading-cdk</c>, in a cloud of its own.</summary>
public sealed class DeployingTheTypeScriptSample(DeployedAlone alone) : IClassFixture<DeployedAlone>, IAsyncLifetime
{
    private readonly DeployedApp app = alone.App;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string Sample => SourceTree.PathOf("samples/storefront/infra-ts");

    // Found from where the sources lie; the working directory is that of the project.
    private static string App => $"node --import {Sample}/node_modules/tsx/dist/loader.mjs {Sample}/src/app.ts";

    public async ValueTask InitializeAsync()
    {
        if (!Directory.Exists(Path.Combine(Sample, "node_modules", "lading-cdk", "dist")))
        {
            Requires.Missing("lading-cdk is not in the TypeScript sample", "Put it there: ./build test e2e");
        }

        app.WriteApp(App);
        await app.Repository.CommitAsync("Take the app in TypeScript");
    }

    public async ValueTask DisposeAsync()
    {
        app.WriteApp(DeployedApp.App);
        await app.Repository.CommitAsync("Take the app in C#");
    }

    [Fact]
    public Task From_the_first_deployment_over_a_change_and_back_to_another_account() =>
        new SampleStory(app).TellAsync(Cancelled);

    [Fact]
    public async Task An_image_that_is_missing_stops_it_with_the_command_and_the_exit_code_of_a_check()
    {
        app.Repository.Write("src/site/pages/missing.txt", "Missing\n");
        await app.Repository.CommitAsync("Add a page");
        app.WriteApp($"lading run -- {App}");
        await app.Repository.CommitAsync("Run through lading");

        var listed = await app.CdkAsync("dev", "ls");

        Assert.Equal(1, listed.ExitCode);
        Assert.Contains("never published there: site (src-", listed.Error, StringComparison.Ordinal);
        Assert.Contains("Run 'lading publish --env dev'", listed.Error, StringComparison.Ordinal);
        app.WriteApp(App);
        await app.Repository.CommitAsync("Run alone");
    }

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
    public async Task An_app_that_cdk_starts_for_another_account_is_refused_with_the_profile_to_set()
    {
        app.WriteApp($"lading run -- {App}");
        var variables = app.Variables();
        variables["LADING_ENV"] = "dev";

        var run = await app.CdkAsync(variables, "ls", "--profile", "storefront-prod");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "it is account 111111111111, and CDK works with account 222222222222",
            run.Error,
            StringComparison.Ordinal
        );
        app.WriteApp(App);
    }

    [Fact]
    public async Task A_missing_stack_is_reported_with_those_that_exist()
    {
        var run = await app.LadingAsync(["deploy", "Shop", "--env", "dev", "--", .. DeployedApp.Unasked]);

        run.Failed(FailureKind.Usage);
        Assert.Contains("the app has no stack Shop", run.Error, StringComparison.Ordinal);
        Assert.Contains("Storefront", run.Error, StringComparison.Ordinal);
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
    public async Task Started_by_cdk_alone_it_asks_the_tool_once_and_tells_a_stale_lock()
    {
        (await app.LadingAsync("publish", "--env", "dev")).Succeeded();
        var fresh = (await app.CdkAsync("dev", "synth", "--quiet")).Succeeded();
        app.Repository.Write("src/site/pages/stale.txt", "Stale\n");
        await app.Repository.CommitAsync("Add a page that nobody published");

        var stale = (await app.CdkAsync("dev", "synth", "--quiet")).Succeeded();

        Assert.DoesNotContain("not that of HEAD", fresh.Error + fresh.Out, StringComparison.Ordinal);
        Assert.Contains("Image site is not that of HEAD", stale.Error + stale.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Image carts is not that of HEAD", stale.Error + stale.Out, StringComparison.Ordinal);
    }
}

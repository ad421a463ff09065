using Lading.Locks;
using Lading.Testing;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Ecs;

namespace Lading.EndToEndTests.Deploy;

[Collection(DeployedApps.Name)]
public sealed class DeployingTheSample(DeployedApp app)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sample_is_deployed_changed_rolled_back_and_promoted()
    {
        await new SampleStory(app, isWhole: false).TellAsync(Cancelled);
        await AnImageThatCannotBePulledAsync();
    }

    /// <summary>moto reports success; ECS knows better, and so do all verbs that ask it.</summary>
    private async Task AnImageThatCannotBePulledAsync()
    {
        app.Repository.Write("src/site/pages/broken.txt", "Nobody can pull this\n");
        await app.Repository.CommitAsync("Add a page that breaks");
        (await app.LadingAsync("publish", "--env", "dev")).Succeeded();
        var broken = LockFile.Read(LockPath.For(app.Repository.Folder, "dev")).Images["site"];
        app.Cloud.EcsOf(DeployedApp.Dev)
            .SetFate(
                $"{DeployedApp.Dev}.dkr.ecr.{TestCloud.Region}.amazonaws.com/{broken.Repository}@{broken.Digest}",
                ImageFate.CannotBePulled
            );

        var deployed = await app.DeployAsync();
        var verified = await app.LadingAsync("verify", "--env", "dev");
        var status = await app.LadingAsync("status", "--env", "dev", "--exit-code");
        // Another test may have deployed a second stack there.
        var history = (await app.LadingAsync("history", "Storefront", "--env", "dev")).Succeeded();

        foreach (var run in new[] { deployed, verified })
        {
            run.Failed(FailureKind.CheckFailed);
            Assert.Contains("ended by the circuit breaker", run.Out, StringComparison.Ordinal);
            Assert.Contains("CannotPullContainerError", run.Out, StringComparison.Ordinal);
            Assert.Contains("1 of 2 services in dev runs what is pinned", run.Out, StringComparison.Ordinal);
        }

        Assert.Contains("not everything in dev runs what was deployed", deployed.Out, StringComparison.Ordinal);
        status.Failed(FailureKind.CheckFailed);
        Assert.Contains("rolled back", status.Out, StringComparison.Ordinal);
        Assert.Contains("#1", history.Out, StringComparison.Ordinal);
        await app.Repository.GitAsync("revert", "--no-edit", "HEAD");
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        (await app.DeployAsync()).Succeeded();
        app.Repository.Write("src/carts/cart.mjs", app.Repository.Read("src/carts/cart.mjs") + "\n// dry\n");
        await app.Repository.CommitAsync("Change carts");
        var calls = app.Cloud.Calls.Count;

        var missing = (await app.LadingAsync("deploy", "--env", "dev", "--dry-run")).Succeeded();
        Assert.Contains(
            "carts would be published first. Its digest is known only after the build, and shown as sha256:000000000000",
            missing.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("this is what deploying Storefront to dev would do", missing.Out, StringComparison.Ordinal);
        Assert.Contains($"sha256:{new string('0', 64)}", missing.Out + missing.Error, StringComparison.Ordinal);
        (await app.LadingAsync("publish", "--env", "dev")).Succeeded();
        calls = app.Cloud.Calls.Count;
        var diff = (await app.LadingAsync("deploy", "--env", "dev", "--dry-run", "--", "--no-notices")).Succeeded();
        Assert.Contains("this is what deploying Storefront to dev would do", diff.Out, StringComparison.Ordinal);
        Assert.True(
            (diff.Out + diff.Error).Contains("AWS::ECS::TaskDefinition", StringComparison.Ordinal),
            diff.Out + diff.Error
        );
        Assert.DoesNotContain(
            app.Cloud.Calls.Skip(calls),
            call => call.Operation is "PutImage" or "CreateRepository" or "ExecuteChangeSet" or "UpdateStack"
        );

        await app.Repository.GitAsync("revert", "--no-edit", "HEAD");
    }

    [Fact]
    public async Task With_JSON_output_stdout_is_one_document_and_cdk_writes_elsewhere()
    {
        var page = Path.Combine(app.Repository.Folder, ".lading", "page.md");
        var outputs = Path.Combine(app.Repository.Folder, ".lading", "outputs");
        var variables = app.Variables();
        variables["GITHUB_STEP_SUMMARY"] = page;
        variables["GITHUB_OUTPUT"] = outputs;
        string[] options = ["--env", "dev", "--output", "json", "--summary", ".lading/comment.md"];

        var run = (await app.LadingAsync(variables, ["deploy", .. options, "--", .. DeployedApp.Unasked])).Succeeded();

        using var json = run.Document();
        Assert.True(json.RootElement.GetProperty("deployed").GetBoolean());
        Assert.Equal("Storefront", json.RootElement.GetProperty("stacks")[0].GetString());
        Assert.Equal(2, json.RootElement.GetProperty("images").GetArrayLength());
        Assert.Equal(1, json.RootElement.GetProperty("deployVersion").GetInt32());
        Assert.Equal("deployed", json.RootElement.GetProperty("outcome").GetString());
        Assert.Equal(
            ["carts", "site"],
            json.RootElement.GetProperty("services")
                .EnumerateArray()
                .Select(service => service.GetProperty("image").GetString())
                .Order(StringComparer.Ordinal)
        );

        // The step summary has one entry, the same as the requested file, and the step has its outputs.
        var summary = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Assert.StartsWith("### Deployed Storefront to dev\n", summary, StringComparison.Ordinal);
        Assert.Equal(1, summary.Split("### ").Length - 1);
        Assert.Equal(summary, app.Repository.Read(".lading/comment.md"));
        Assert.Contains(
            "deployed=true\noutcome=deployed\nstacks=[\"Storefront\"]\n",
            await File.ReadAllTextAsync(outputs, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }
}

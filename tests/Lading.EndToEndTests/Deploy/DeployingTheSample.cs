using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

[Collection(DeployedApps.Name)]
public sealed class DeployingTheSample(DeployedApp app)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_first_deployment_over_a_change_and_back_to_another_account()
    {
        await new SampleStory(app).TellAsync(Cancelled);
    }

    [Fact]
    public async Task A_dry_run_changes_nothing_anywhere()
    {
        (await app.DeployAsync()).Succeeded();
        app.Repository.Write("src/carts/cart.mjs", app.Repository.Read("src/carts/cart.mjs") + "\n// dry\n");
        await app.Repository.CommitAsync("Change carts");
        var calls = app.Cloud.Calls.Count;

        var missing = (await app.LadingAsync("deploy", "--env", "dev", "--dry-run")).Succeeded();
        Assert.Contains(
            "carts would be published first; the digest of carts is known only after the build, and shown as sha256:000000000000",
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
    public async Task As_JSON_it_is_one_document_and_cdk_speaks_elsewhere()
    {
        var run = (
            await app.LadingAsync(["deploy", "--env", "dev", "--output", "json", "--", .. DeployedApp.Unasked])
        ).Succeeded();

        using var json = run.Document();
        Assert.True(json.RootElement.GetProperty("deployed").GetBoolean());
        Assert.Equal("Storefront", json.RootElement.GetProperty("stacks")[0].GetString());
        Assert.Equal(2, json.RootElement.GetProperty("images").GetArrayLength());
    }
}

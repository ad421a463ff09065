using System.Text.Json;
using Lading.Testing;
using Lading.Tests.Running;

namespace Lading.Tests.Rollbacks;

/// <summary>An image that was rolled back from is not deployed again by accident.</summary>
public sealed class StayingBack : IAsyncLifetime
{
    private const string Revision = "9d01f3a000000000000000000000000000000000";

    private RollbackWorld world = null!;

    public async ValueTask InitializeAsync() => world = await RollbackWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Check_refuses_the_digest_that_a_stack_was_rolled_back_from_unless_it_is_intended()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad", Revision));
        world.Deploy(good, bad);
        (await world.RollbackAsync()).Succeeded();
        Lock(bad);

        var check = (await world.ToolAsync("check", "--env", "prod")).Failed(FailureKind.CheckFailed);
        var finding = Finding(await world.ToolAsync("check", "--env", "prod", "--output", "json"));
        var meant = Finding(await world.ToolAsync("check", "--env", "prod", "--redeploy", "--output", "json"));

        Assert.Contains(
            "Shop was rolled back from it: git revert 9d01f3a, or lading pin web@REVISION --reason \"…\" holds it back; lading deploy --redeploy deploys it all the same",
            check.Out,
            StringComparison.Ordinal
        );
        Assert.False(finding!.Value.GetProperty("holds").GetBoolean());
        Assert.True(meant!.Value.GetProperty("holds").GetBoolean());
    }

    [Fact]
    public async Task An_image_that_runs_again_or_was_never_rolled_back_from_is_fine()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        Lock(bad);
        var before = Finding(await world.ToolAsync("check", "--env", "prod", "--output", "json"));
        (await world.RollbackAsync()).Succeeded();
        Lock(good);
        var back = Finding(await world.ToolAsync("check", "--env", "prod", "--output", "json"));
        var undone = (await world.RollbackAsync("--to", world.DigestOf(bad))).Succeeded();
        Lock(bad);
        var forth = Finding(await world.ToolAsync("check", "--env", "prod", "--output", "json"));

        Assert.Equal([null, null, null], new[] { before, back, forth });
        // There is nothing left to revert or pin.
        Assert.Contains("What was rolled back from runs again", undone.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("To stay", undone.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_reported_and_fails_nothing()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        (await world.RollbackAsync()).Succeeded();
        Lock(bad);
        world.Aws.StacksApi.Denied.Add("GetParametersByPath");

        var check = await world.ToolAsync("check", "--env", "prod");

        Assert.Contains(
            "not read: what stacks were rolled back from (no access to ssm:GetParametersByPath in 222222222222)",
            check.Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("rolled-back", check.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_that_does_not_run_the_image_is_not_refused_because_of_another()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        (await world.RollbackAsync()).Succeeded();
        Lock(bad);
        using var assembly = new TestAssembly().Stack(
            "Api",
            TestAssembly.Fargate(("api", $"\"{world.Image("api", repository: "shop/api")}\"")),
            $"aws://{RunningWorld.Account}/{RunningWorld.Region}"
        );

        var alone = await world.ToolAsync("check", "--env", "prod");
        var api = await world.ToolAsync("check", "--env", "prod", "--app", assembly.Folder);

        Assert.Contains("Shop was rolled back from it", alone.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("was rolled back from it", api.Out, StringComparison.Ordinal);
        Assert.Contains("Api", api.Out, StringComparison.Ordinal);
    }

    private void Lock(string image)
    {
        File.WriteAllText(
            Path.Combine(world.Folder, "lading.json"),
            $$$"""
            { "project": "shop", "images": { "web": { "context": "web" } },
              "environments": { "prod": { "account": "{{{RunningWorld.Account}}}", "region": "{{{RunningWorld.Region}}}" } } }
            """
        );
        Directory.CreateDirectory(Path.Combine(world.Folder, ".lading"));
        File.WriteAllText(
            Path.Combine(world.Folder, ".lading", "prod.lock.json"),
            $$$"""
            { "lockVersion": 1, "environment": "prod", "images": { "web": { "repository": "shop/web",
              "digest": "{{{world.DigestOf(image)}}}", "fingerprint": "{{{new string('a', 64)}}}",
              "revision": "{{{Revision}}}", "platforms": ["linux/amd64"] } } }
            """
        );
    }

    /// <summary>The finding about the rollback; null if there is none.</summary>
    private static JsonElement? Finding(ToolRun run) =>
        run.Document()
            .RootElement.GetProperty("images")[0]
            .GetProperty("findings")
            .EnumerateArray()
            .Where(each => each.GetProperty("verdict").GetString() == "rolled-back")
            .Select(each => (JsonElement?)each)
            .FirstOrDefault();
}

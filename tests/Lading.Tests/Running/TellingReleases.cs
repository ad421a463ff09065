using Lading.Testing;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Trail;
using Lading.Tests.Configuration;

namespace Lading.Tests.Running;

/// <summary>The releases of a stack: the whole tool against stand-ins.</summary>
public sealed class TellingReleases : IAsyncLifetime
{
    private const string Revision = "4e1c0d2000000000000000000000000000000000";

    private ToolWorld tool = null!;

    private RunningWorld World => tool.World;

    public async ValueTask InitializeAsync() => tool = await ToolWorld.StartAsync();

    public ValueTask DisposeAsync() => tool.DisposeAsync();

    [Fact]
    public async Task Releases_rollbacks_and_hotswaps_are_distinguished()
    {
        var bad = World.Image("shop/web", 'c');
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'a', Revision)));
        World.Aws.Stacks.Advance(TimeSpan.FromHours(3));
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'b')));
        World.Aws.Stacks.Advance(TimeSpan.FromHours(1));
        World.Aws.Ecs.SetFate(bad, ImageFate.Crashes);
        World.Aws.Stacks.Deploy(RunningWorld.Shop(bad, hasBreaker: true));
        World.Aws.Stacks.Advance(TimeSpan.FromHours(1));
        var service = World.Aws.Ecs.Services.Single();
        World.Aws.Ecs.Deploy(
            service,
            World.Aws.Ecs.Register("ShopWeb", new Dictionary<string, string> { ["web"] = World.Image("shop/web", 'd') })
        );
        World.Aws.Ecs.Settle();

        using var document = (await HistoryAsync("Shop", "--output", "json")).Succeeded().Document();
        var releases = document.RootElement.GetProperty("releases").EnumerateArray().ToList();

        Assert.Equal(
            ["attempt", "rolled-back", "succeeded", "succeeded"],
            releases.Select(release => release.GetProperty("outcome").GetString())
        );
        Assert.Equal(["2", "1"], releases.Skip(2).Select(release => release.GetProperty("version").GetString()));
        Assert.Equal(
            [RunningWorld.Digest('d'), RunningWorld.Digest('b'), RunningWorld.Digest('a')],
            releases
                .Where(release => release.GetProperty("outcome").GetString() != "rolled-back")
                .Select(release => release.GetProperty("images").GetProperty("web").GetString())
        );
        Assert.Equal(
            [false, false, false, true],
            releases.Select(release => release.GetProperty("canGoBack").GetBoolean())
        );
        Assert.InRange(releases[3].GetProperty("ranForSeconds").GetInt64(), 3 * 3600, (3 * 3600) + 600);
        Assert.True(SchemaValidator.Of("history").IsValid(document.RootElement));
    }

    [Fact]
    public async Task The_screen_shows_what_changed_and_what_could_not_be_read()
    {
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'a', Revision)));
        World.Aws.Stacks.Advance(TimeSpan.FromHours(30));
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'b')));
        World.Aws.Trail.IsDenied = true;

        var run = (await HistoryAsync()).Succeeded();

        Assert.Matches(@"#2  .*●  web bbbbbbbbbbbb  ran .* · it is the current release\n", run.Out);
        Assert.Matches(@"#1  .*●  web 4e1c0d2 +ran 30 h · one can go back\n", run.Out);
        Assert.Contains("Could not be read:", run.Out, StringComparison.Ordinal);
        Assert.Contains("cloudtrail:LookupEvents", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_image_prevents_going_back()
    {
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'a')));
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'b')));
        World.Aws.Images.Remove(("shop/web", RunningWorld.Digest('a')));

        var run = (await HistoryAsync("Shop")).Succeeded();

        Assert.Contains("image web aaaaaaaaaaaa was not found in its registry", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_without_a_record_has_a_history_from_ECS()
    {
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'a')) with { HasRecord = false });
        World.Aws.Stacks.Advance(TimeSpan.FromHours(3));
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'b')) with { HasRecord = false });

        using var document = (await HistoryAsync("Shop", "--output", "json")).Succeeded().Document();
        var releases = document.RootElement.GetProperty("releases").EnumerateArray().ToList();

        Assert.Equal(
            [RunningWorld.Digest('b'), RunningWorld.Digest('a')],
            releases.Select(release => release.GetProperty("images").GetProperty("web").GetString())
        );
        Assert.True(releases[1].GetProperty("canGoBack").GetBoolean());
    }

    [Fact]
    public async Task CloudTrail_says_who_deployed()
    {
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'a')));
        var begun = World.Aws.Stacks["Shop"].CreatedAt;
        World.Aws.Trail.Events.Add(new TrailEvent(begun.AddSeconds(40), "CreateStack", "Shop", "alice"));
        World.Aws.Trail.Events.Add(new TrailEvent(begun.AddSeconds(1), "CreateStack", "Shopping", "mallory"));
        World.Aws.Trail.Events.Add(new TrailEvent(begun.AddMinutes(9), "CreateStack", "Shop", "bob"));

        var run = (await HistoryAsync("Shop")).Succeeded();

        Assert.Contains("by alice", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archived_image_prevents_going_back()
    {
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'a')));
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'b')));
        World.Aws.Archived.Add(RunningWorld.Digest('a'));
        World.Aws.Calls.Clear();

        var run = (await HistoryAsync("Shop")).Succeeded();

        Assert.Contains("image web aaaaaaaaaaaa is archived", run.Out, StringComparison.Ordinal);
        Assert.Equal(1, World.Aws.Calls.Count(call => call.StartsWith("ecr:", StringComparison.Ordinal)));
    }

    private Task<ToolRun> HistoryAsync(params IReadOnlyList<string> arguments) =>
        tool.RunAsync(["history", .. arguments]);
}

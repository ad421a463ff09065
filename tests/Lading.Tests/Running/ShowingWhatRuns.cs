using System.Text.Json;
using Lading.Testing;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Configuration;

namespace Lading.Tests.Running;

/// <summary>The screen and the document of <c>lading status</c>: the whole tool against stand-ins.</summary>
public sealed class ShowingWhatRuns : IAsyncLifetime
{
    private StatusWorld shop = null!;

    private RunningWorld World => shop.World;

    public async ValueTask InitializeAsync() => shop = await StatusWorld.StartAsync();

    public ValueTask DisposeAsync() => shop?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task The_screen_has_a_row_for_each_image_and_says_what_is_not_as_it_should_be()
    {
        var old = await shop.Repository.CommitAsync("A shop");
        shop.Repository.Write("web/index.html", "<h1>Sale</h1>\n");
        await shop.Repository.CommitAsync("Sale");
        shop.Deploy(World.Image("shop/web", 'a', old), World.Image("shop/worker", 'b', old));
        shop.Hotswap("Worker", World.Image("shop/worker", 'c', "a71f0be0000000000000000000000000000000aa"));

        var run = await shop.StatusAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Matches($"web     not published  {old[..7]}  2/2  ●  1 commit behind\n", run.Out);
        Assert.Matches("worker  not published  a71f0be  1/1  ▲  hotswapped\n", run.Out);
        Assert.Contains(
            "prod  Shop/Shop-Worker  worker  hotswapped: it runs ShopWorker:2, its stack says ShopWorker:1\n",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_age_of_what_runs_is_not_taken_for_that_of_a_deployment()
    {
        await shop.Repository.CommitAsync("A shop");
        shop.Deploy(World.Image("shop/web", 'a'), World.Image("shop/worker", 'b'));
        World.Aws.Stacks.Advance(TimeSpan.FromDays(2));
        World.Aws.Stacks.Begin(World.Aws.Stacks["Shop"].Plan);

        var run = (await shop.StatusAsync()).Succeeded();

        Assert.Matches(@"web .*◐  deploying\n", run.Out);
        Assert.Matches(@"worker .*◐  deploying\n", run.Out);
    }

    [Fact]
    public async Task Tasks_that_run_something_else_are_not_taken_for_those_of_a_deployment()
    {
        await shop.Repository.CommitAsync("A shop");
        var old = World.Image("shop/web", 'a');
        shop.Deploy(old, World.Image("shop/worker", 'b'));
        World.Aws.Stacks.Begin(StatusWorld.Plan(World.Image("shop/web", 'c'), World.Image("shop/worker", 'b')));

        var run = (await shop.StatusAsync()).Succeeded();

        Assert.Matches(@"web .* aaaaaaa  2/2  ◐  deploying, 0/2 as pinned\n", run.Out);
        Assert.Matches(@"worker .*◐  deploying\n", run.Out);
    }

    [Fact]
    public async Task The_exit_code_is_3_if_that_is_requested_and_something_does_not_run()
    {
        await shop.Repository.CommitAsync("A shop");
        shop.Deploy(World.Image("shop/web", 'a'), World.Image("shop/worker", 'b'));
        var fine = await shop.StatusAsync("--exit-code");
        shop.Hotswap("Worker", World.Image("shop/worker", 'c'));
        var swapped = await shop.StatusAsync("--exit-code");

        Assert.Equal((0, 3), (fine.ExitCode, swapped.ExitCode));
    }

    [Fact]
    public async Task The_document_keeps_to_its_schema()
    {
        await shop.Repository.CommitAsync("A shop");
        shop.Deploy(World.Image("shop/web", 'a', "4e1c0d2"), World.Image("shop/worker", 'b'));
        World.Aws.EcsApi.Denied.Add("DescribeServiceRevisions");

        using var document = (await shop.StatusAsync("--output", "json")).Succeeded().Document();
        var environment = document.RootElement.GetProperty("environments")[0];
        var web = environment.GetProperty("services")[0];

        Assert.Equal("prod", environment.GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, environment.GetProperty("error").ValueKind);
        Assert.Equal("running", web.GetProperty("state").GetString());
        Assert.Equal("web", web.GetProperty("image").GetString());
        Assert.Equal(RunningWorld.Digest('a'), web.GetProperty("running")[0].GetProperty("digest").GetString());
        Assert.Equal(
            "ecs:DescribeServiceRevisions",
            environment.GetProperty("unread")[0].GetProperty("action").GetString()
        );
        Assert.True(SchemaValidator.Of("status").IsValid(document.RootElement));
    }

    [Fact]
    public async Task An_image_that_is_held_back_says_so_beside_its_commit()
    {
        var old = await shop.Repository.CommitAsync("A shop");
        shop.Repository.Write("web/index.html", "<h1>Sale</h1>\n");
        await shop.Repository.CommitAsync("Sale");
        (
            await ToolRun.InAsync(shop.Repository.Folder, ["pin", $"web@{old}", "--reason", "the sale is over"])
        ).Succeeded();
        await shop.Repository.CommitAsync("Hold web back");
        shop.Deploy(World.Image("shop/web", 'a', old), World.Image("shop/worker", 'b'));
        World
            .Aws.Images[("shop/web", RunningWorld.Digest('a'))]
            .Add((await ToolRun.TagAsync(shop.Repository.Folder, "web")));

        var screen = (await shop.StatusAsync()).Succeeded();
        using var document = (await shop.StatusAsync("--output", "json")).Succeeded().Document();
        var web = document.RootElement.GetProperty("head").EnumerateArray().First();

        Assert.Matches($"web +{old[..7]} held +{old[..7]}  2/2  ●  ", screen.Out);
        Assert.Equal(
            (old, "the sale is over"),
            (web.GetProperty("revision").GetString(), web.GetProperty("held").GetString())
        );
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("head")[1].GetProperty("held").ValueKind);
    }

    /// <summary>
    /// Other people choose names: markup is shown as text, and nothing moves the cursor or changes the text direction.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(120)]
    public async Task Hostile_names_are_shown_as_text(int columns)
    {
        const string Hostile = "[red]x[/]\u001b[2J\u001b]0;title\u0007\u202egnp";
        World.Aws.Stacks.Deploy(
            new StackPlan(
                "Shop",
                new Dictionary<string, ServicePlan>
                {
                    ["Web"] = new(2, new Dictionary<string, string> { [Hostile] = World.Image("shop/web", 'a') }),
                }
            )
            {
                HasRecord = false,
            }
        );
        World.Aws.Ecs.Create(
            "main",
            Hostile,
            World.Aws.Ecs.Register(
                "stray",
                new Dictionary<string, string> { [Hostile] = World.Image("shop/stray", 'b') }
            ),
            1
        );
        World.Aws.Ecs.Services[0].Desired = 3;
        World.Aws.Ecs.Services[0].Deployments[^1].Status = "SUCCESSFUL";
        World.Aws.EcsApi.Denied.Add("DescribeServiceRevisions");

        var run = await ToolRun.InAsync(
            Path.GetTempPath(),
            shop.Variables,
            ["status", "--account", RunningWorld.Account, "--region", RunningWorld.Region],
            columns
        );

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("\u001b[2J", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b]", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0007', run.Out);
        Assert.DoesNotContain('\u202e', run.Out);
        Assert.Contains(
            "[red]x[/]\\x1b[2J\\x1b]0;title\\x07\\u202egnp",
            run.Out.ReplaceLineEndings(""),
            StringComparison.Ordinal
        );
    }
}

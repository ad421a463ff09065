using System.Text.Json;
using Lading.Testing;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;

namespace Lading.Tests.Running;

/// <summary>The screen and the document of <c>lading status</c>, by the whole tool against stand-ins.</summary>
public sealed class ShowingWhatRuns : IAsyncLifetime
{
    private readonly RunningWorld world = new();
    private TestRepository? repository;
    private TestAwsServer? server;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        repository.Write(
            "lading.json",
            $$"""
            {
              "project": "shop",
              "images": { "web": { "context": "web" }, "worker": { "context": "worker" } },
              "environments": { "prod": { "account": "{{RunningWorld.Account}}", "region": "{{RunningWorld.Region}}" } }
            }
            """
        );
        repository
            .Write("web/Dockerfile", "FROM scratch\nCOPY index.html /\n")
            .Write("web/index.html", "<h1>Shop</h1>\n");
        repository.Write("worker/Dockerfile", "FROM scratch\nCOPY w /\n").Write("worker/w", "w\n");
        server = await TestAwsServer.StartAsync(world.Aws, RunningWorld.Region);
    }

    public async ValueTask DisposeAsync()
    {
        repository?.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        world.Dispose();
    }

    [Fact]
    public async Task The_screen_has_a_row_for_each_image_and_says_what_is_not_as_it_should_be()
    {
        var old = await repository!.CommitAsync("A shop");
        repository.Write("web/index.html", "<h1>Sale</h1>\n");
        await repository.CommitAsync("Sale");
        Deploy(world.Image("shop/web", 'a', old), world.Image("shop/worker", 'b', old));
        Hotswap("Worker", world.Image("shop/worker", 'c', "a71f0be0000000000000000000000000000000aa"));

        var run = await StatusAsync();

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
    public async Task The_exit_code_is_3_where_it_is_asked_for_and_something_does_not_run()
    {
        await repository!.CommitAsync("A shop");
        Deploy(world.Image("shop/web", 'a'), world.Image("shop/worker", 'b'));
        var fine = await StatusAsync("--exit-code");
        Hotswap("Worker", world.Image("shop/worker", 'c'));
        var swapped = await StatusAsync("--exit-code");

        Assert.Equal((0, 3), (fine.ExitCode, swapped.ExitCode));
    }

    [Fact]
    public async Task The_document_keeps_to_its_schema()
    {
        await repository!.CommitAsync("A shop");
        Deploy(world.Image("shop/web", 'a', "4e1c0d2"), world.Image("shop/worker", 'b'));
        world.Aws.EcsApi.Denied.Add("DescribeServiceRevisions");

        using var document = (await StatusAsync("--output", "json")).Succeeded().Document();
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
        Assert.True(SchemaOf("status").IsValid(document.RootElement));
    }

    [Fact]
    public async Task It_works_without_a_project_by_account_and_region()
    {
        Deploy(world.Image("shop/web", 'a'), world.Image("shop/worker", 'b'));
        using var folder = new TestFolder();

        var run = await ToolRun.InAsync(
            folder.Path,
            server!.Variables,
            ["status", "--account", RunningWorld.Account, "--region", RunningWorld.Region]
        );

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("  2/2  ●", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("HEAD", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_is_held_back_says_so_beside_its_commit()
    {
        var old = await repository!.CommitAsync("A shop");
        repository.Write("web/index.html", "<h1>Sale</h1>\n");
        await repository.CommitAsync("Sale");
        (await ToolRun.InAsync(repository.Folder, ["pin", $"web@{old}", "--reason", "the sale is over"])).Succeeded();
        await repository.CommitAsync("Hold web back");
        Deploy(world.Image("shop/web", 'a', old), world.Image("shop/worker", 'b'));
        world.Aws.Images[("shop/web", RunningWorld.Digest('a'))].Add(await TagOfAsync("web"));

        var screen = (await StatusAsync()).Succeeded();
        using var document = (await StatusAsync("--output", "json")).Succeeded().Document();
        var web = document.RootElement.GetProperty("head").EnumerateArray().First();

        Assert.Matches($"web +{old[..7]} held +{old[..7]}  2/2  ●  ", screen.Out);
        Assert.Equal(
            (old, "the sale is over"),
            (web.GetProperty("revision").GetString(), web.GetProperty("held").GetString())
        );
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("head")[1].GetProperty("held").ValueKind);
    }

    [Fact]
    public async Task A_profile_is_enough_and_its_account_is_shown()
    {
        Deploy(world.Image("shop/web", 'a'), world.Image("shop/worker", 'b'));
        using var folder = new TestFolder();
        var configuration = folder.Combine("config");
        await File.WriteAllTextAsync(
            configuration,
            $"[profile shop]\nregion = {RunningWorld.Region}\naws_access_key_id = testing\naws_secret_access_key = testing\n",
            TestContext.Current.CancellationToken
        );
        var variables = new Dictionary<string, string>(server!.Variables) { ["AWS_CONFIG_FILE"] = configuration };
        variables.Remove("AWS_REGION");
        variables.Remove("AWS_ACCESS_KEY_ID");

        using var document = (
            await ToolRun.InAsync(folder.Path, variables, ["status", "--profile", "shop", "--output", "json"])
        )
            .Succeeded()
            .Document();
        var environment = document.RootElement.GetProperty("environments")[0];

        Assert.Equal(
            ("shop", RunningWorld.Account, RunningWorld.Region),
            (
                environment.GetProperty("name").GetString(),
                environment.GetProperty("account").GetString(),
                environment.GetProperty("region").GetString()
            )
        );
        // Rows come from the record, since there is no lading.json.
        Assert.Equal(
            ["web", "worker"],
            environment.GetProperty("services").EnumerateArray().Select(each => each.GetProperty("image").GetString())
        );
    }

    /// <summary>Whatever keys there are in variables: they may be those of another account.</summary>
    [Theory]
    [InlineData("status")]
    [InlineData("history")]
    [InlineData("verify")]
    public async Task A_profile_that_does_not_exist_is_wrong_use(string verb)
    {
        using var folder = new TestFolder();

        var run = await ToolRun.InAsync(folder.Path, server!.Variables, [verb, "--profile", "nowhere"]);

        run.Failed(FailureKind.Usage);
        Assert.Contains("--profile names nowhere", run.Error, StringComparison.Ordinal);
        Assert.Empty(world.Aws.Calls);
    }

    /// <summary>Names are other people's: markup is text, and nothing moves the cursor or turns the direction of writing.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(120)]
    public async Task Hostile_names_are_shown_and_not_done(int columns)
    {
        const string Hostile = "[red]x[/]\u001b[2J\u001b]0;title\u0007\u202egnp";
        world.Aws.Stacks.Deploy(
            new StackPlan(
                "Shop",
                new Dictionary<string, ServicePlan>
                {
                    ["Web"] = new(2, new Dictionary<string, string> { [Hostile] = world.Image("shop/web", 'a') }),
                }
            )
            {
                HasRecord = false,
            }
        );
        world.Aws.Ecs.Create(
            "main",
            Hostile,
            world.Aws.Ecs.Register(
                "stray",
                new Dictionary<string, string> { [Hostile] = world.Image("shop/stray", 'b') }
            ),
            1
        );
        world.Aws.Ecs.Services[0].Desired = 3;
        world.Aws.Ecs.Services[0].Deployments[^1].Status = "SUCCESSFUL";
        world.Aws.EcsApi.Denied.Add("DescribeServiceRevisions");

        var run = await ToolRun.InAsync(
            Path.GetTempPath(),
            server!.Variables,
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

    [Theory]
    [InlineData("status")]
    [InlineData("history")]
    public async Task Outside_a_project_it_says_that_an_account_will_do(string verb)
    {
        using var folder = new TestFolder();

        var run = await ToolRun.InAsync(folder.Path, server!.Variables, [verb]);

        run.Failed(FailureKind.Usage);
        Assert.Contains("no lading.json", run.Error, StringComparison.Ordinal);
        Assert.Contains($"lading {verb} --account", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_account_is_a_column_that_says_why_it_could_not_be_read()
    {
        await repository!.CommitAsync("A shop");
        Deploy(world.Image("shop/web", 'a'), world.Image("shop/worker", 'b'));
        repository.Write(
            "lading.json",
            repository
                .Read("lading.json")
                .Replace(
                    "\"prod\": {",
                    "\"dev\": { \"account\": \"111111111111\", \"region\": \"eu-central-1\" }, \"prod\": {",
                    StringComparison.Ordinal
                )
        );

        var run = await StatusAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Matches("web .*unknown .*unreadable .*2/2  ●", run.Out);
        Assert.Contains("dev  it is account 111111111111", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status --region eu-central-1", "--region goes with --account or --profile")]
    [InlineData("status --account 12", "'12' is not an account id")]
    [InlineData("status --env prod,nowhere", "lading.json has no such entry")]
    [InlineData("status --env local", "it has no AWS account")]
    [InlineData("status --watch --output json", "--output json gives one document")]
    public async Task Wrong_use_says_what_is_wrong(string command, string said)
    {
        var run = await ToolRun.InAsync(repository!.Folder, server!.Variables, command.Split(' '));

        run.Failed(FailureKind.Usage);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    private Task<ToolRun> StatusAsync(params IReadOnlyList<string> options) =>
        ToolRun.InAsync(repository!.Folder, server!.Variables, ["status", .. options]);

    /// <summary>The tag of an image's identity at HEAD.</summary>
    private async Task<string> TagOfAsync(string image)
    {
        using var plan = (await ToolRun.InAsync(repository!.Folder, ["plan", "--offline", "--output", "json"]))
            .Succeeded()
            .Document();
        return plan
            .RootElement.GetProperty("images")
            .EnumerateArray()
            .First(each => each.GetProperty("name").GetString() == image)
            .GetProperty("tag")
            .GetString()!;
    }

    private void Deploy(string web, string worker) =>
        world.Aws.Stacks.Deploy(
            new StackPlan(
                "Shop",
                new Dictionary<string, ServicePlan>
                {
                    ["Web"] = RunningWorld.Service(web),
                    ["Worker"] = new(1, new Dictionary<string, string> { ["worker"] = worker }),
                }
            )
        );

    private void Hotswap(string service, string image)
    {
        var found = world.Aws.Ecs.Services.Single(each => each.Name == $"Shop-{service}");
        world.Aws.Ecs.Deploy(
            found,
            world.Aws.Ecs.Register(
                $"Shop{service}",
                new Dictionary<string, string> { [found.Definition.Images.Keys.Single()] = image }
            )
        );
        world.Aws.Ecs.Settle();
    }

    private static Configuration.SchemaValidator SchemaOf(string name) =>
        new(JsonDocument.Parse(File.ReadAllText(SourceTree.PathOf($"schema/{name}.schema.json"))).RootElement);
}

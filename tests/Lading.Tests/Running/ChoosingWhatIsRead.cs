using Lading.Testing;

namespace Lading.Tests.Running;

/// <summary>
/// Which accounts <c>status</c> and similar verbs read: environments, an account and region, or a profile.
/// </summary>
public sealed class ChoosingWhatIsRead : IAsyncLifetime
{
    private StatusWorld shop = null!;

    private RunningWorld World => shop.World;

    public async ValueTask InitializeAsync() => shop = await StatusWorld.StartAsync();

    public ValueTask DisposeAsync() => shop?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Status_works_without_a_project_by_account_and_region()
    {
        shop.Deploy(World.Image("shop/web", 'a'), World.Image("shop/worker", 'b'));
        using var folder = new TestFolder();

        var run = await ToolRun.InAsync(
            folder.Path,
            shop.Variables,
            ["status", "--account", RunningWorld.Account, "--region", RunningWorld.Region]
        );

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("  2/2  ●", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("HEAD", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_is_enough_and_its_account_is_shown()
    {
        shop.Deploy(World.Image("shop/web", 'a'), World.Image("shop/worker", 'b'));
        using var folder = new TestFolder();
        var configuration = folder.Combine("config");
        await File.WriteAllTextAsync(
            configuration,
            $"[profile shop]\nregion = {RunningWorld.Region}\naws_access_key_id = testing\naws_secret_access_key = testing\n",
            TestContext.Current.CancellationToken
        );
        var variables = new Dictionary<string, string>(shop.Variables) { ["AWS_CONFIG_FILE"] = configuration };
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
        // The rows are from the record, since there is no lading.json.
        Assert.Equal(
            ["web", "worker"],
            environment.GetProperty("services").EnumerateArray().Select(each => each.GetProperty("image").GetString())
        );
    }

    /// <summary>Keys in variables do not help: they may be those of another account.</summary>
    [Theory]
    [InlineData("status")]
    [InlineData("history")]
    [InlineData("verify")]
    public async Task A_profile_that_does_not_exist_is_wrong_use(string verb)
    {
        using var folder = new TestFolder();

        var run = await ToolRun.InAsync(folder.Path, shop.Variables, [verb, "--profile", "nowhere"]);

        run.Failed(FailureKind.Usage);
        Assert.Contains("--profile names nowhere", run.Error, StringComparison.Ordinal);
        Assert.Empty(World.Aws.Calls);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("history")]
    public async Task Outside_a_project_the_error_suggests_naming_an_account(string verb)
    {
        using var folder = new TestFolder();

        var run = await ToolRun.InAsync(folder.Path, shop.Variables, [verb]);

        run.Failed(FailureKind.Usage);
        Assert.Contains("no lading.json", run.Error, StringComparison.Ordinal);
        Assert.Contains($"lading {verb} --account", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_account_is_a_column_that_says_why_it_could_not_be_read()
    {
        await shop.Repository.CommitAsync("A shop");
        shop.Deploy(World.Image("shop/web", 'a'), World.Image("shop/worker", 'b'));
        shop.Repository.Write(
            "lading.json",
            shop.Repository.Read("lading.json")
                .Replace(
                    "\"prod\": {",
                    "\"dev\": { \"account\": \"111111111111\", \"region\": \"eu-central-1\" }, \"prod\": {",
                    StringComparison.Ordinal
                )
        );

        var run = await shop.StatusAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Matches("web .*unknown .*unreadable .*2/2  ●", run.Out);
        Assert.Contains("dev  it is account 111111111111", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "--account 333333333333",
        "Could not reach AWS for account 333333333333: no region is named. Name one with --region"
    )]
    [InlineData(
        "--account 333333333333 --region eu-central-1",
        "Use credentials of account 333333333333: name another with --profile"
    )]
    public async Task A_wrong_account_on_the_command_line_is_corrected_there_and_not_in_lading_json(
        string options,
        string said
    )
    {
        var variables = new Dictionary<string, string>(shop.Variables);
        variables.Remove("AWS_REGION");

        var run = await ToolRun.InAsync(shop.Repository.Folder, variables, ["verify", .. options.Split(' ')]);

        run.Failed(FailureKind.Usage);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("lading.json", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status --region eu-central-1", "--region goes with --account or --profile")]
    [InlineData("status --account 12", "'12' is not an account id")]
    [InlineData("status --env prod,nowhere", "lading.json has no such entry")]
    [InlineData("status --env local", "it has no AWS account")]
    [InlineData("status --watch --output json", "--output json gives one document")]
    public async Task Wrong_use_says_what_is_wrong(string command, string said)
    {
        var run = await ToolRun.InAsync(shop.Repository.Folder, shop.Variables, command.Split(' '));

        run.Failed(FailureKind.Usage);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }
}

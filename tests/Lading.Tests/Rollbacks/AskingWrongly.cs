using System.Text.RegularExpressions;
using Lading.Testing;
using Lading.Tests.Running;

namespace Lading.Tests.Rollbacks;

/// <summary>
/// What a tired person gets wrong: each message says what was attempted, what came back, and what to do.
/// </summary>
public sealed class AskingWrongly : IAsyncLifetime
{
    private RollbackWorld world = null!;

    public async ValueTask InitializeAsync() => world = await RollbackWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("Could not read --to: there is nothing after it. Most shells take # for", "--to")]
    [InlineData("Could not read --to: there is nothing after it. Most shells take # for", "--to", "")]
    [InlineData("Could not read --image: there is nothing after it. Name an image", "--image", "")]
    [InlineData("release to go back to: '#99' names neither a release of this stack nor", "--to", "#99")]
    [InlineData("release to go back to: 'yesterday' names neither a release of this stack nor", "--to", "yesterday")]
    [InlineData("release to go back to: #2 is the current release. One could go back to #1", "--to", "#2")]
    [InlineData("release to go back to: the current release has no image wbe. It has web.", "--image", "wbe")]
    [InlineData("Could not read the history of Shup: there is no such stack in 222222222222", "Shup")]
    [InlineData(
        "Could not use account 333333333333: AWS_ACCESS_KEY_ID belongs to account 222222222222",
        "--account",
        "333333333333"
    )]
    [InlineData("Could not choose an account: '12' is not an account id. Write its 12 digits.", "--account", "12")]
    public async Task Wrong_use_is_reported_with_what_to_write(string said, params string[] arguments)
    {
        world.Deploy(world.Image("good"), world.Image("bad"));
        string[] account = arguments.Contains("--account") ? [] : ["--account", RunningWorld.Account];

        var run = await world.ToolAsync([
            "rollback",
            "--yes",
            "--region",
            RunningWorld.Region,
            .. account,
            .. arguments,
        ]);

        AssertSays(run.Failed(FailureKind.Usage), said);
    }

    [Fact]
    public async Task No_stack_and_several_stacks_are_errors_of_their_own()
    {
        var none = (await world.RollbackAsync()).Failed(FailureKind.Usage);
        world.Deploy(world.Image("good"), world.Image("bad"));
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("good")) with { Name = "Api" });
        var several = (await world.RollbackAsync()).Failed(FailureKind.Usage);

        AssertSays(none, "Could not choose a stack: 222222222222 has none that pins images. Name it after the verb");
        AssertSays(several, "Could not choose a stack: 222222222222 has several: Api, Shop. Name one after the verb");
    }

    [Fact]
    public async Task Without_credentials_it_says_how_to_name_a_profile()
    {
        world.Variables.Remove("AWS_ACCESS_KEY_ID");
        world.Variables.Remove("AWS_SECRET_ACCESS_KEY");

        var run = (await world.RollbackAsync()).Failed(FailureKind.Usage);

        AssertSays(run, "Could not get AWS credentials for account 222222222222: no profile is named");
        Assert.Contains("Log in and name a profile: --profile, or AWS_PROFILE.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("lading.json", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_an_empty_folder_without_an_account_it_says_how_to_name_one()
    {
        var run = (await world.ToolAsync("rollback", "--yes")).Failed(FailureKind.Usage);

        AssertSays(run, "Could not choose an environment: there is no lading.json in ");
        Assert.Contains("lading rollback --account 111111111111", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_project_without_accounts_it_says_how_to_name_one_of_this_verb()
    {
        await File.WriteAllTextAsync(
            Path.Combine(world.Folder, "lading.json"),
            """{ "project": "shop", "images": { "web": { "context": "web" } } }""",
            TestContext.Current.CancellationToken
        );

        var run = (await world.ToolAsync("rollback", "--yes")).Failed(FailureKind.Usage);

        Assert.Contains("lading rollback --account 111111111111", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_unreadable_parts_of_the_past_wherever_they_may_be_missing()
    {
        world.Deploy(world.Image("good"), world.Image("bad"));
        world.Aws.StacksApi.Denied.Add("DescribeStackEvents");

        var shown = (await world.RollbackAsync("--dry-run")).Succeeded();
        using var json = (await world.RollbackAsync("--dry-run", "--output", "json")).Succeeded().Document();
        world.Aws.StacksApi.Denied.Add("GetParameterHistory");
        var unknown = (await world.RollbackAsync("--to", "#9")).Failed(FailureKind.Usage);

        Assert.Contains(
            "not read, and so perhaps missing above: no access to cloudformation:DescribeStackEvents in 222222222222",
            shown.Out,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "cloudformation:DescribeStackEvents",
            json.RootElement.GetProperty("unread")[0].GetProperty("action").GetString()
        );
        Assert.Contains("'#9' names neither", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("as far as could be read (no access to ", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("Allow ", unknown.Error, StringComparison.Ordinal);
    }

    private static void AssertSays(ToolRun run, string said)
    {
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Matches(
            new Regex(@"^error: Could not [^:]+: .+\. \S.+\n$", RegexOptions.None, TimeSpan.FromSeconds(10)),
            run.Error
        );
        Assert.Empty(run.Out);
    }
}

using Lading.Cli.Output;
using Lading.Testing;
using Lading.Testing.Cloud.Stacks;

namespace Lading.Tests.Running;

/// <summary>What the verbs for production say if AWS does not answer all that they ask, by the whole tool against stand-ins.</summary>
public sealed class LackingAnswers : IAsyncLifetime
{
    private ToolWorld world = null!;

    public async ValueTask InitializeAsync() => world = await ToolWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Status_does_not_say_that_nothing_runs_where_the_stacks_could_not_be_read()
    {
        Deploy(Image('a'));
        Deny("cloudformation:DescribeStacks");

        var denied = (await world.RunAsync("status")).Succeeded();

        Assert.Contains("no access to cloudformation:DescribeStacks", denied.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("No stack runs", denied.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_that_cannot_be_read_has_no_empty_table()
    {
        Deny("sts:GetCallerIdentity");

        var denied = await world.RunAsync("status");

        Assert.StartsWith("\nCould not be read:\n", denied.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tasks_that_could_not_be_read_are_not_counted_as_none()
    {
        Deploy(Image('a'));
        Deploy(Image('b'));
        Deny("ecs:DescribeTasks");

        using var folder = new TestFolder();
        var page = folder.Combine("status.html");
        var status = (await world.RunAsync("status", "--html", page)).Succeeded();
        var verify = await world.RunAsync("verify");

        Assert.Matches(@"web .* \?/2  \?  unreadable", status.Out);
        Assert.Matches(@"Shop-Web +web +2 +\? +sha256:", verify.Out);
        Assert.DoesNotContain(
            "0 of 2 tasks",
            await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_stack_that_cannot_be_chosen_says_what_to_do_about_that()
    {
        Deploy(Image('a'));
        Deny("cloudformation:DescribeStacks", "ssm:GetParametersByPath");

        var run = (await world.RunAsync("history")).Failed(FailureKind.Failed);

        Assert.StartsWith("error: Could not choose a stack: no access to ", run.Error, StringComparison.Ordinal);
        Assert.Contains(" in 222222222222. Allow ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith(" Or name the stack after the verb, as CloudFormation does.\n", run.Error);
    }

    [Theory]
    [InlineData("the token is invalid", "", "the token is invalid.")]
    [InlineData("The token is invalid.", "Log in again.", "The token is invalid. Log in again.")]
    [InlineData("is it?", "Look.", "is it? Look.")]
    public void A_reason_ends_with_one_full_stop(string reason, string remedy, string said) =>
        Assert.Equal(said, Sentences.Of(reason, remedy));

    private StackPlan Shop(string web) =>
        new(
            "Shop",
            new Dictionary<string, ServicePlan>
            {
                ["Web"] = RunningWorld.Service(web),
                ["Worker"] = new ServicePlan(
                    2,
                    new Dictionary<string, string> { ["worker"] = world.World.Image("shop/worker", 'c') }
                ),
            }
        );

    private string Image(char letter) => world.World.Image("shop/web", letter);

    private void Deploy(string web) => world.World.Aws.Stacks.Deploy(Shop(web));

    private void Deny(params IEnumerable<string> actions) => world.World.Aws.Roles.Denied.UnionWith(actions);
}

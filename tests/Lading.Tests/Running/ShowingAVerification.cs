using System.Text.Json;
using Lading.Testing;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Configuration;

namespace Lading.Tests.Running;

/// <summary>The screen and the document of <c>lading verify</c>: the whole tool against a stand-in.</summary>
public sealed class ShowingAVerification : IAsyncLifetime
{
    private ToolWorld tool = null!;

    private RunningWorld World => tool.World;

    public async ValueTask InitializeAsync() => tool = await ToolWorld.StartAsync();

    public ValueTask DisposeAsync() => tool.DisposeAsync();

    [Fact]
    public async Task Services_that_run_their_pins_are_a_table_and_exit_code_0()
    {
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'a')));

        var run = await VerifyAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(
            "  Shop-Web  web  2 +2 +sha256:aaaaaaaaaaaa…  sha256:aaaaaaaaaaaa…  ● as pinned\n",
            run.Out.ReplaceLineEndings("\n")
        );
        Assert.EndsWith(
            "● as pinned\n\n  1 of 1 service in 222222222222 runs what is pinned\n",
            run.Out.ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Columns_stay_aligned_on_a_terminal_too_narrow_for_the_names_of_services(int columns)
    {
        const string Name = "cartsserviceServiceF2FB8BFD-19CH99RDUSO6-of-a-team-that-likes-long-names";
        World.Aws.Stacks.Deploy(
            new StackPlan(
                "Shop",
                new Dictionary<string, ServicePlan> { [Name] = RunningWorld.Service(World.Image("shop/web", 'a')) }
            )
        );

        var run = await ToolRun.InAsync(
            tool.Folder,
            new Dictionary<string, string>(tool.Variables, StringComparer.Ordinal) { ["NO_COLOR"] = "1" },
            ["verify", "--account", RunningWorld.Account, "--region", RunningWorld.Region],
            columns
        );

        var lines = run.Succeeded().Out.ReplaceLineEndings("\n").Split('\n');
        Assert.Contains($"  Shop-{Name}", lines);
        Assert.Contains("         desired  running  pinned        runs", lines);
        Assert.Contains("    web  2        2        aaaaaaaaaaaa  aaaaaaaaaaaa  ● as pinned", lines);
    }

    [Fact]
    public async Task A_deployment_that_was_rolled_back_says_why_and_what_to_do_with_exit_code_3()
    {
        Fail();

        var run = await VerifyAsync();

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("✗ Shop-Web: CloudFormation rolled back its last update", run.Out, StringComparison.Ordinal);
        Assert.Contains("CannotPullContainerError", run.Out, StringComparison.Ordinal);
        Assert.Contains("lading publish", run.Out, StringComparison.Ordinal);
        Assert.Contains("Shop is UPDATE_ROLLBACK_COMPLETE", run.Out, StringComparison.Ordinal);
        Assert.Contains("0 of 1 service in 222222222222 run what is pinned", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_keeps_to_its_schema()
    {
        Fail();

        var run = await VerifyAsync("--output", "json");

        Assert.Equal(3, run.ExitCode);
        using var document = JsonDocument.Parse(run.Out);
        Assert.True(SchemaValidator.Of("verify").IsValid(document.RootElement));
        var service = document.RootElement.GetProperty("services")[0];
        Assert.Equal("stack-rolled-back", service.GetProperty("outcome").GetString());
        Assert.Contains(
            "CannotPull",
            service.GetProperty("stopped")[0].GetProperty("reason").GetString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Resources:\n  StagingBucket:\n    Type: AWS::S3::Bucket\n", 0)]
    [InlineData("Resources:\n  Web:\n    Type: AWS::ECS::Service\n", 3)]
    [InlineData("Transform: Macro\nResources:\n  StagingBucket:\n    Type: AWS::S3::Bucket\n", 3)]
    public async Task Skips_a_YAML_template_without_containers_such_as_the_bootstraps(string template, int exitCode)
    {
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'a')));
        World.Aws.Stacks.Deploy(
            new StackPlan("CDKToolkit", new Dictionary<string, ServicePlan>()) { HasRecord = false, Text = template }
        );

        var verified = await VerifyAsync();
        var status = await tool.RunAsync("status", "--exit-code");

        Assert.Equal((exitCode, exitCode), (verified.ExitCode, status.ExitCode));
        Assert.Equal(
            exitCode != 0,
            status.Out.Contains("the template of CDKToolkit is YAML", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_document_says_what_to_do_about_what_could_not_be_read()
    {
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'a')));
        World.Aws.EcsApi.Denied.Add("DescribeTasks");

        var run = await VerifyAsync("--output", "json");

        Assert.Equal(3, run.ExitCode);
        using var document = JsonDocument.Parse(run.Out);
        Assert.True(SchemaValidator.Of("verify").IsValid(document.RootElement));
        var unread = document.RootElement.GetProperty("unread")[0];
        Assert.Equal("ecs:DescribeTasks", unread.GetProperty("action").GetString());
        Assert.Equal("no access to ecs:DescribeTasks in 222222222222", unread.GetProperty("reason").GetString());
        Assert.Contains("ecs:DescribeTasks", unread.GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--verify-timeout soon", "'soon' is not a length of time")]
    [InlineData("--verify-timeout 0m", "'0m' is not a length of time")]
    [InlineData("Shp", "has no such stack")]
    public async Task Wrong_use_says_what_is_wrong(string words, string said)
    {
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'a')));

        var run = await VerifyAsync(words.Split(' '));

        run.Failed(FailureKind.Usage);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    private void Fail()
    {
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'a'), hasBreaker: true));
        var broken = World.Image("shop/web", 'b');
        World.Aws.Ecs.SetFate(broken, ImageFate.CannotBePulled);
        World.Aws.Stacks.Deploy(RunningWorld.Shop(broken, hasBreaker: true));
    }

    private Task<ToolRun> VerifyAsync(params IReadOnlyList<string> words) => tool.RunAsync(["verify", .. words]);
}

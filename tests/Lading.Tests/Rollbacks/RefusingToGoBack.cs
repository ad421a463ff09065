using System.Text.Json.Nodes;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Running;

namespace Lading.Tests.Rollbacks;

/// <summary>Change sets that do too much, and failures on the way: if anything is wrong, nothing is changed.</summary>
public sealed class RefusingToGoBack : IAsyncLifetime
{
    private RollbackWorld world = null!;

    public async ValueTask InitializeAsync() => world = await RollbackWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_change_set_that_does_more_is_deleted_and_force_executes_it()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        AddQueue();

        var run = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);
        Assert.Contains(
            "more than the images would change. Jobs (AWS::SQS::Queue): its VisibilityTimeout would change",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.True(Assert.Single(world.Aws.StacksApi.ChangeSets.Sets).IsDeleted);
        Assert.Equal(bad, world.Running);

        AddQueue();
        (await world.RollbackAsync("--force")).Succeeded();
        Assert.Equal(good, world.Running);
    }

    [Fact]
    public async Task A_parameter_that_changed_is_refused_unless_only_a_rule_reads_it()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        var stack = world.Aws.Stacks["Shop"];
        world.Edit(template =>
        {
            template["Parameters"] = new JsonObject
            {
                ["Ami"] = new JsonObject(),
                ["BootstrapVersion"] = new JsonObject(),
            };
            template["Rules"] = new JsonObject { ["Check"] = new JsonObject { ["Ref"] = "BootstrapVersion" } };
            template["Resources"]!["Host"] = new JsonObject
            {
                ["Type"] = "AWS::EC2::Instance",
                ["Properties"] = new JsonObject { ["ImageId"] = new JsonObject { ["Ref"] = "Ami" } },
            };
        });
        foreach (var (name, was, now) in new[] { ("Ami", "ami-1", "ami-1"), ("BootstrapVersion", "20", "21") })
        {
            stack.Parameters[name] = $"/{name}";
            (stack.Resolved[name], stack.ResolvedNow[name]) = (was, now);
        }

        (await world.RollbackAsync()).Succeeded();
        world.Edit(template => template["Parameters"] = new JsonObject { ["Ami"] = new JsonObject() });
        stack.ResolvedNow["Ami"] = "ami-2";
        var run = (await world.RollbackAsync("--to", "#2")).Failed(FailureKind.CheckFailed);

        Assert.Contains("its ImageId would change with parameter Ami", run.Error, StringComparison.Ordinal);
        Assert.Contains("parameter Ami was ami-1 and comes to ami-2 now", run.Error, StringComparison.Ordinal);
        Assert.Equal(good, world.Running);
    }

    [Fact]
    public async Task A_service_that_CodeDeploy_deploys_is_refused()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        world.Aws.Ecs.Services.Single().Controller = "CODE_DEPLOY";

        var run = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);

        Assert.Contains("Web: CodeDeploy deploys it", run.Out, StringComparison.Ordinal);
        Assert.Contains("aws deploy create-deployment", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_cannot_be_looked_up_is_not_proven_and_force_goes_on()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        world.Aws.AreImagesDenied = true;

        var run = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);
        Assert.Contains("could not be looked up: no access to images of shop/web", run.Out, StringComparison.Ordinal);
        Assert.Equal(bad, world.Running);

        (await world.RollbackAsync("--force")).Succeeded();
        Assert.Equal(good, world.Running);
    }

    [Fact]
    public async Task A_role_that_may_not_pull_is_refused()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        world.Aws.Ecs.Definitions.ForEach(each => each.ExecutionRole = "arn:aws:iam::222222222222:role/WebRole");
        var role = world.Aws.Iam.Roles["WebRole"] = new TestRole();
        role.Simulated.UnionWith(["ecr:GetAuthorizationToken", "ecr:BatchGetImage"]);

        var run = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);
        Assert.Contains(
            "execution role WebRole may not pull shop/web: it lacks ecr:GetDownloadUrlForLayer. 'lading doctor ",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Equal(bad, world.Running);

        // If the role cannot be looked up, the rollback proceeds.
        world.Aws.Iam.Roles.Clear();
        (await world.RollbackAsync()).Succeeded();
        Assert.Equal(good, world.Running);
    }

    [Fact]
    public async Task A_failure_on_the_way_leaves_the_stack_alone()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        var sets = world.Aws.StacksApi.ChangeSets;

        world.Aws.StacksApi.Denied.Add("CreateChangeSet");
        var denied = (await world.RollbackAsync()).Failed(FailureKind.Failed);
        world.Aws.StacksApi.Denied.Clear();
        sets.FailsToMake = "Template format error: something";
        var unmade = (await world.RollbackAsync()).Failed(FailureKind.Failed);
        sets.BeforeExecution = () => world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("third")));
        var late = (await world.RollbackAsync()).Failed(FailureKind.Failed);

        Assert.Contains("Allow cloudformation:CreateChangeSet", denied.Error, StringComparison.Ordinal);
        Assert.Contains("could not make the change set: Template format error", unmade.Error, StringComparison.Ordinal);
        Assert.Contains("Somebody else updated the stack meanwhile", late.Error, StringComparison.Ordinal);
        Assert.Contains(
            $"lading status --account {RunningWorld.Account} --region {RunningWorld.Region}, and run it again.",
            late.Error,
            StringComparison.Ordinal
        );
        Assert.NotEqual(good, world.Running);
    }

    /// <summary>Adds a change that only CloudFormation knows of.</summary>
    private void AddQueue()
    {
        var change = new TestChange("Jobs", "AWS::SQS::Queue", "Modify", "False");
        change.Details.Add(new TestChangeDetail("VisibilityTimeout", "Static", "DirectModification", ""));
        world.Aws.StacksApi.ChangeSets.More.Add(change);
    }
}

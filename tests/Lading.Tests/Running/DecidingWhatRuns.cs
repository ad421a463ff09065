using System.Text;
using Lading.Oci;
using Lading.Running;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;

namespace Lading.Tests.Running;

public sealed class DecidingWhatRuns : IDisposable
{
    private readonly RunningWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_service_that_runs_its_pins_is_running()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a', "4e1c0d2")));

        var status = await world.StatusAsync();
        var web = Assert.Single(status.Containers);

        Assert.Equal(RunningState.Running, web.State);
        Assert.Equal("", web.Reason);
        Assert.Equal(("Shop", "main", "Shop-Web", "web"), (web.Stack, web.Cluster, web.Service, web.Container));
        Assert.Equal((2, 2), (web.Tasks, web.Desired));
        Assert.Equal("4e1c0d2", web.Revision);
        Assert.Equal(Digest.Parse(RunningWorld.Digest('a')), web.Pinned);
        Assert.Equal(web.Pinned, web.Resolved);
        Assert.True(status.Holds);
    }

    [Fact]
    public async Task An_update_under_way_is_deploying_and_reports_its_progress()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        world.Aws.Stacks.Begin(RunningWorld.Shop(world.Image("shop/web", 'b')));
        world.Aws.Stacks.Advance(TestEcs.Step);

        var web = await world.OnlyAsync();

        Assert.Equal(RunningState.Deploying, web.State);
        Assert.Equal("CloudFormation is updating its stack; 0 of 2 tasks run what is pinned", web.Reason);
    }

    [Fact]
    public async Task A_stack_that_CloudFormation_undid_is_rolled_back_although_ECS_is_steady()
    {
        var bad = world.Image("shop/web", 'b');
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        world.Aws.Ecs.SetFate(bad, ImageFate.Crashes);
        var stack = world.Aws.Stacks.Deploy(RunningWorld.Shop(bad, hasBreaker: true));

        var web = await world.OnlyAsync();

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", stack.Status);
        Assert.Equal(RunningState.RolledBack, web.State);
        Assert.StartsWith("CloudFormation rolled back its last update", web.Reason, StringComparison.Ordinal);
        Assert.Equal(2, web.Running.Single(each => each.IsPinned == true).Tasks);
    }

    [Fact]
    public async Task Another_service_of_a_stack_that_was_rolled_back_keeps_running()
    {
        var bad = world.Image("shop/web", 'b');
        var steady = RunningWorld.Service(world.Image("shop/worker", 'c'));
        world.Aws.Stacks.Deploy(
            new StackPlan(
                "Shop",
                new Dictionary<string, ServicePlan>
                {
                    ["Web"] = RunningWorld.Service(world.Image("shop/web", 'a')),
                    ["Worker"] = steady,
                }
            )
        );
        world.Aws.Ecs.SetFate(bad, ImageFate.CannotBePulled);
        world.Aws.Ecs.Advance(TimeSpan.FromMinutes(1));
        world.Aws.Stacks.Deploy(
            new StackPlan(
                "Shop",
                new Dictionary<string, ServicePlan>
                {
                    ["Web"] = RunningWorld.Service(bad) with { HasBreaker = true },
                    ["Worker"] = steady,
                }
            )
        );

        var status = await world.StatusAsync();

        Assert.Equal([RunningState.RolledBack, RunningState.Running], status.Containers.Select(each => each.State));
    }

    [Fact]
    public async Task A_task_definition_that_the_stack_does_not_name_is_a_hotswap()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        var service = world.Aws.Ecs.Services.Single();
        world.Aws.Ecs.Deploy(
            service,
            world.Aws.Ecs.Register(
                "ShopWeb",
                new Dictionary<string, string> { ["web"] = world.Image("shop/web", 'b', "a71f0be") }
            )
        );
        world.Aws.Ecs.Settle();

        var web = await world.OnlyAsync();

        Assert.Equal(RunningState.Hotswapped, web.State);
        Assert.Equal("it runs ShopWeb:2, its stack says ShopWeb:1", web.Reason);
        Assert.Equal("a71f0be", web.Revision);
    }

    [Fact]
    public async Task A_service_whose_circuit_breaker_rolled_back_says_so()
    {
        // CloudFormation's own update succeeded; then somebody forced a deployment of another image by hand.
        var bad = world.Image("shop/web", 'b');
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a'), hasBreaker: true));
        world.Aws.Ecs.SetFate(bad, ImageFate.IsForAnotherPlatform);
        var service = world.Aws.Ecs.Services.Single();
        var first = service.Definition;
        world.Aws.Ecs.Deploy(
            service,
            world.Aws.Ecs.Register("ShopWeb", new Dictionary<string, string> { ["web"] = bad })
        );
        world.Aws.Ecs.Settle();

        Assert.Equal(first, service.Definition);
        Assert.Equal(RunningState.Running, (await world.OnlyAsync()).State);
    }

    [Theory]
    [InlineData(true, "the circuit breaker rolled it back")]
    [InlineData(
        false,
        "alarm Errors rolled it back: Service deployment rolled back because of triggered CloudWatch alarms"
    )]
    public async Task ECS_rolled_back_and_the_stack_did_not(bool isBreaker, string reason)
    {
        var bad = world.Image("shop/web", 'b');
        var good = RunningWorld.Shop(world.Image("shop/web", 'a'));
        var stack = world.Aws.Stacks.Deploy(good);
        var service = world.Aws.Ecs.Services.Single();
        service.HasBreaker = service.RollsBack = isBreaker;
        service.Alarms.Add("Errors");
        if (isBreaker)
        {
            world.Aws.Ecs.SetFate(bad, ImageFate.Crashes);
        }
        else
        {
            world.Aws.Ecs.Alarms.Add("Errors");
        }

        // A stack that does not roll back (cdk deploy --no-rollback) still names what ECS rolled back.
        var definition = world.Aws.Ecs.Register("ShopWeb", new Dictionary<string, string> { ["web"] = bad });
        stack.Plan = RunningWorld.Shop(bad);
        stack.Parts["WebTask"] = stack.Parts["WebTask"] with { PhysicalId = definition.Arn };
        stack.Status = "UPDATE_FAILED";
        world.Aws.Ecs.Deploy(service, definition);
        world.Aws.Ecs.Settle();

        var web = await world.OnlyAsync();

        Assert.Equal((RunningState.RolledBack, reason), (web.State, web.Reason));
    }

    [Fact]
    public async Task Fewer_tasks_than_wanted_are_partly_running()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        world.Aws.Ecs.Services.Single().Tasks[0].Stop(world.Aws.Ecs.Now, "SpotInterruption", "gone");

        var web = await world.OnlyAsync();

        Assert.Equal((RunningState.PartlyRunning, "1 of 2 tasks"), (web.State, web.Reason));
    }

    [Fact]
    public async Task A_service_that_wants_no_tasks_is_stopped()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        world.Aws.Ecs.Services.Single().Desired = 0;
        world.Aws.Ecs.Settle();

        Assert.Equal(RunningState.Stopped, (await world.OnlyAsync()).State);
    }

    [Fact]
    public async Task A_service_that_somebody_deleted_has_drifted()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        world.Aws.Ecs.Services.Clear();

        var web = await world.OnlyAsync();

        Assert.Equal(RunningState.Drifted, web.State);
        Assert.Contains("somebody deleted it", web.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_its_stack_has_not_created_was_never_deployed()
    {
        var stack = world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        stack.Parts.Clear();
        stack.Status = "ROLLBACK_COMPLETE";

        Assert.Equal(RunningState.NeverDeployed, (await world.OnlyAsync()).State);
    }

    [Fact]
    public async Task An_index_stands_for_its_child_for_the_platform_and_no_other()
    {
        var amd64 = RunningWorld.Digest('1');
        var arm64 = RunningWorld.Digest('2');
        var index = Index((amd64, "amd64"), (arm64, "arm64"));
        world.Aws.Ecs.SetChild(index.Digest, amd64);
        world.Aws.Stacks.Deploy(RunningWorld.Shop($"{world.Aws.Host}/shop/web@{index.Digest}"));

        var fitting = await world.OnlyAsync();
        world.Aws.Ecs.SetChild(index.Digest, arm64);
        world.Aws.Ecs.Deploy(world.Aws.Ecs.Services.Single(), world.Aws.Ecs.Services.Single().Definition);
        world.Aws.Ecs.Settle();
        var other = await world.OnlyAsync();

        Assert.Equal(RunningState.Running, fitting.State);
        Assert.Equal(RunningState.Drifted, other.State);
    }

    [Fact]
    public async Task Without_the_registry_nothing_is_called_drifted()
    {
        var index = Index((RunningWorld.Digest('1'), "amd64"));
        world.Aws.Ecs.SetChild(index.Digest, RunningWorld.Digest('1'));
        world.Aws.Stacks.Deploy(RunningWorld.Shop($"{world.Aws.Host}/shop/web@{index.Digest}"));
        world.Aws.Images.Clear();

        var web = await world.OnlyAsync();

        Assert.Equal(RunningState.UnknownDigest, web.State);
    }

    [Fact]
    public async Task A_tag_is_resolved_by_its_registry_and_unknown_once_it_moved()
    {
        var image = $"{world.Aws.Host}/shop/web:stable";
        world.Aws.Ecs.SetTag(image, RunningWorld.Digest('a'));
        world.Aws.Images[("shop/web", RunningWorld.Digest('a'))] = ["stable"];
        world.Aws.Stacks.Deploy(RunningWorld.Shop(image) with { HasRecord = false });

        var before = await world.OnlyAsync();
        world.Aws.Images[("shop/web", RunningWorld.Digest('a'))] = ["old"];
        world.Aws.Images[("shop/web", RunningWorld.Digest('b'))] = ["stable"];
        var after = await world.OnlyAsync();

        Assert.Equal(RunningState.Running, before.State);
        Assert.Equal(RunningState.UnknownDigest, after.State);
        Assert.Contains("the tag stable, which names bbbbbbbbbbbb now", after.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DescribeTasks")]
    [InlineData("ListTasks")]
    [InlineData("DescribeServices")]
    public async Task A_denied_read_is_unreadable_and_names_the_missing_permission(string operation)
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        world.Aws.EcsApi.Denied.Add(operation);

        var status = await world.StatusAsync();
        var web = Assert.Single(status.Containers);

        Assert.Equal(
            (RunningState.Unreadable, $"no access to ecs:{operation} in 222222222222"),
            (web.State, web.Reason)
        );
        Assert.Contains(
            status.Evidence.Unread,
            fact => fact.Source.Action == $"ecs:{operation}" && fact.Remedy.Length > 0
        );
        Assert.False(status.Holds);
    }

    [Fact]
    public async Task Without_the_template_the_record_says_what_cannot_be_decided()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        world.Aws.StacksApi.Denied.Add("GetTemplate");

        var web = await world.OnlyAsync();

        Assert.Equal(
            (RunningState.Unreadable, "no access to cloudformation:GetTemplate in 222222222222"),
            (web.State, web.Reason)
        );
        Assert.Equal("web", web.Image);
    }

    [Fact]
    public async Task A_service_outside_of_all_stacks_is_listed_separately()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        world.Aws.Ecs.Create(
            "main",
            "by-hand",
            world.Aws.Ecs.Register("hand", new Dictionary<string, string> { ["app"] = world.Image("shop/web", 'b') }),
            1
        );
        world.Aws.Ecs.Settle();

        var status = await world.StatusAsync();

        Assert.Equal("by-hand", Assert.Single(status.Others).Service);
        Assert.Equal(RunningState.Running, Assert.Single(status.Containers).State);
    }

    [Fact]
    public async Task A_task_that_somebody_started_by_hand_is_listed_separately_and_one_of_a_stack_is_not()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        world.Aws.Ecs.Run("main", world.Aws.Ecs.Services.Single().Definition);
        var images = new Dictionary<string, string> { ["app"] = world.Image("shop/web", 'b') };
        world.Aws.Ecs.Run("main", world.Aws.Ecs.Register("migration", images));
        world.Aws.Ecs.Run("AWSBatch-jobs", world.Aws.Ecs.Register("job", images));

        var other = Assert.Single((await world.StatusAsync()).Others);

        Assert.Equal(
            (WorkloadKind.Task, "main", "migration", "app", 1),
            (other.Kind, other.Cluster, other.Service, other.Container, other.Tasks)
        );
    }

    [Fact]
    public async Task Throttling_is_waited_out()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        world.Aws.EcsApi.Throttled = 4;

        Assert.True((await world.StatusAsync()).Holds);
    }

    private (string Digest, string Text) Index(params (string Digest, string Architecture)[] children)
    {
        var manifests = children.Select(child =>
            $$$"""{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{{child.Digest}}}","size":1,"platform":{"os":"linux","architecture":"{{{child.Architecture}}}"}}"""
        );
        var text =
            $$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{{string.Join(',', manifests)}}]}""";
        var digest = Digest.OfBytes(Encoding.UTF8.GetBytes(text)).ToString();
        world.Aws.Indexes[digest] = text;
        world.Aws.Images[("shop/web", digest)] = [];
        return (digest, text);
    }
}

using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Running;

namespace Lading.Tests.Rollbacks.Walks;

/// <summary>Random events of a shop: what people deploy, edit and delete, and what AWS does by itself.</summary>
internal sealed class WalkActs
{
    private const string Container = "web";

    private static readonly string[] Deniable =
    [
        "GetTemplate",
        "DescribeStackEvents",
        "CreateChangeSet",
        "DescribeChangeSet",
        "ExecuteChangeSet",
        "DeleteChangeSet",
        "GetParameterHistory",
        "GetParametersByPath",
    ];

    private static readonly string[] Throttled =
    [
        .. Deniable,
        "DescribeStacks",
        "ListStackResources",
        "DescribeServices",
        "ListTasks",
        "DescribeTasks",
        "DescribeImages",
        "DescribeServiceRevisions",
        "ListServiceDeployments",
    ];

    private readonly RollbackWorld world;
    private readonly Random random;
    private readonly WalkTally tally;
    private readonly List<string> images;
    private readonly IReadOnlyList<(string Name, Func<bool> Happen)> acts;

    public WalkActs(RollbackWorld world, Random random, WalkTally tally)
    {
        (this.world, this.random, this.tally) = (world, random, tally);
        images = [.. "abcdef".Select(letter => world.Image($"{letter}"))];
        world.Aws.Stacks.Deploy(RunningWorld.Shop(images[0], hasBreaker: true));
        world.Aws.Stacks.Deploy(RunningWorld.Shop(images[1], hasBreaker: true));
        acts =
        [
            (Names[0], Deploy),
            (Names[0], Deploy),
            (Names[0], Deploy),
            (Names[1], Begin),
            (Names[2], ChangeFate),
            (Names[3], Hotswap),
            (Names[4], EditService),
            (Names[5], Scale),
            (Names[6], DeleteImage),
            (Names[7], ArchiveImage),
            (Names[8], Deny),
            (Names[9], Throttle),
            (Names[10], EditTemplate),
            (Names[11], ChangeMore),
            (Names[12], Heal),
            (Names[12], Heal),
        ];
    }

    /// <summary>All events.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "deployments",
        "deployments under way",
        "images that crash or run again",
        "hotswaps",
        "edits of the service by hand",
        "autoscaling",
        "deleted images",
        "archived images",
        "denied calls",
        "throttled calls",
        "edits of the template by hand",
        "changes that only CloudFormation knows",
        "repairs",
    ];

    private TestStack Stack => world.Aws.Stacks["Shop"];

    private EcsService Service => world.Aws.Ecs.Services.Single();

    private bool TakesUpdates => !Stack.IsInProgress && Stack.Status != "UPDATE_ROLLBACK_FAILED";

    /// <summary>Lets one event happen, unless it is impossible now.</summary>
    public void Act()
    {
        var (name, happen) = acts[random.Next(acts.Count)];
        if (happen())
        {
            tally.Act(name);
        }

        Service.Tasks.RemoveAll(task => task.IsStopped);
    }

    public string AnyImage() => images[random.Next(images.Count)];

    private bool Deploy()
    {
        if (!TakesUpdates)
        {
            return false;
        }

        world.Aws.Stacks.Deploy(RunningWorld.Shop(AnyImage(), 1 + random.Next(3), hasBreaker: true));
        return true;
    }

    private bool Begin()
    {
        if (!TakesUpdates)
        {
            return false;
        }

        world.Aws.Stacks.Begin(RunningWorld.Shop(AnyImage(), hasBreaker: true));
        world.Aws.Stacks.Advance(TestEcs.Step * random.Next(12));
        return Stack.IsInProgress;
    }

    private bool ChangeFate()
    {
        world.Aws.Ecs.SetFate(AnyImage(), random.Next(2) == 0 ? ImageFate.Crashes : ImageFate.Runs);
        return true;
    }

    private bool Hotswap() => DeployByHand("ShopWeb");

    /// <summary>Somebody gives the service another task definition by hand.</summary>
    private bool EditService() => DeployByHand("ByHand");

    private bool DeployByHand(string family)
    {
        var ecs = world.Aws.Ecs;
        ecs.Deploy(
            Service,
            ecs.Register(family, new Dictionary<string, string>(StringComparer.Ordinal) { [Container] = AnyImage() })
        );
        return true;
    }

    private bool Scale()
    {
        Service.Desired = 1 + random.Next(4);
        world.Aws.Ecs.Settle();
        return true;
    }

    private bool DeleteImage() => world.Aws.Images.Remove(("shop/web", world.DigestOf(AnyImage())));

    private bool ArchiveImage() => world.Aws.Archived.Add(world.DigestOf(AnyImage()));

    private bool Deny() => world.Aws.StacksApi.Denied.Add(Deniable[random.Next(Deniable.Length)]);

    /// <summary>Throttles a few calls, or more than anybody retries.</summary>
    private bool Throttle()
    {
        world.Aws.Throttled[Throttled[random.Next(Throttled.Length)]] = random.Next(4) == 0 ? 20 : 1 + random.Next(3);
        return true;
    }

    private bool EditTemplate()
    {
        if (Stack.IsInProgress)
        {
            return false;
        }

        world.Edit(template => template["Description"] = $"by hand {random.Next(100)}");
        return true;
    }

    private bool ChangeMore()
    {
        world.Aws.StacksApi.ChangeSets.More.Add(new TestChange("Jobs", "AWS::SQS::Queue", "Remove", ""));
        return true;
    }

    private bool Heal()
    {
        world.Aws.StacksApi.Denied.Clear();
        world.Aws.Throttled.Clear();
        world.Aws.Archived.Clear();
        images.ForEach(image => world.Aws.Images.TryAdd(("shop/web", world.DigestOf(image)), []));
        if (Stack.Status == "UPDATE_ROLLBACK_FAILED")
        {
            world.Aws.Stacks.Continue(Stack);
        }

        world.Aws.Stacks.Advance(TimeSpan.FromMinutes(random.Next(15)));
        return true;
    }
}

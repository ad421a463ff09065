using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;

namespace Lading.Tests.Running;

/// <summary>
/// Random steps in an account: deployments with every strategy, failures, circuit breakers, alarms, hotswaps, forced
/// deployments, manual edits, scaling, lost tasks, people who stop or cancel, throttled calls, and missing permissions.
/// </summary>
internal sealed class RandomSteps
{
    private static readonly string[] Deniable =
    [
        "ListTasks",
        "DescribeTasks",
        "DescribeServices",
        "DescribeServiceRevisions",
        "ListServiceDeployments",
        "DescribeServiceDeployments",
    ];
    private static readonly string[] Strategies = ["ROLLING", "ROLLING", "BLUE_GREEN", "CANARY", "LINEAR"];

    private readonly RunningWorld world;
    private readonly List<string> images;

    /// <summary>Deploys the first release of a service.</summary>
    public RandomSteps(RunningWorld world, int seed)
    {
        this.world = world;
        Random = new Random(seed);
        images = [.. "abcdef".Select(letter => world.Image("shop/web", letter))];
        world.Aws.Stacks.Deploy(RunningWorld.Shop(images[0]));
    }

    public Random Random { get; }

    public EcsService Service => world.Aws.Ecs.Services.Single();

    public TestStack Stack => world.Aws.Stacks["Shop"];

    /// <summary>The tasks that count: those that run.</summary>
    public IReadOnlyList<EcsTask> Running => [.. Service.Tasks.Where(task => task.IsRunning)];

    /// <summary>The digest that the stack pins.</summary>
    public string Pinned => Stack.Plan.Services["Web"].Images["web"].Split('@')[1];

    /// <summary>Whether enough tasks run, all of them with the pinned digest.</summary>
    public bool IsAsPinned =>
        Running.Count >= Service.Desired && Running.All(task => task.Digests.GetValueOrDefault("web") == Pinned);

    /// <summary>Whether the service is on the task definition in its stack.</summary>
    public bool IsOfStack => Service.Definition.Arn == Stack.Parts["WebTask"].PhysicalId;

    /// <summary>Takes one step, in which no time passes.</summary>
    public void Take()
    {
        var aws = world.Aws;
        var ecs = aws.Ecs;
        var service = Service;
        switch (Random.Next(14))
        {
            case 0 or 1 when !Stack.IsInProgress:
                aws.Stacks.Begin(RandomPlan());
                break;
            case 2:
                ecs.SetFate(RandomImage(), (ImageFate)Random.Next(6));
                break;
            case 3:
                ecs.Deploy(service, ecs.Register("ShopWeb", Only(RandomImage())));
                break;
            case 4:
                // Somebody adds a container to the task definition in the console.
                ecs.Deploy(
                    service,
                    ecs.Register(
                        "ShopWeb",
                        new Dictionary<string, string>(service.Definition.Images) { ["debug"] = RandomImage() }
                    )
                );
                break;
            case 5:
                ecs.Deploy(service, service.Definition);
                break;
            case 6:
                service.Desired = Random.Next(4);
                break;
            case 7 when service.Tasks.Find(task => task.IsRunning) is { } task:
                task.Stop(ecs.Now, "SpotInterruption", "gone");
                break;
            case 8 when service.Current is { IsUnderWay: true, RollbackAt: null, Source: not null }:
                ecs.RollBack(service, "Stopped by a person.");
                break;
            case 9 when Stack is { Status: "UPDATE_IN_PROGRESS", Before: not null } && Random.Next(3) == 0:
                aws.Stacks.Cancel(Stack);
                break;
            case 10 when !ecs.Alarms.Remove("Errors") && Random.Next(3) == 0:
                ecs.Alarms.Add("Errors");
                break;
            case 11 when Random.Next(3) == 0:
                aws.EcsApi.Denied.Add(Deniable[Random.Next(Deniable.Length)]);
                break;
            case 12 when Random.Next(4) == 0:
                aws.StacksApi.Denied.Add("GetTemplate");
                break;
            case 13 when Random.Next(4) == 0:
                aws.EcsApi.Throttled = Random.Next(3);
                break;
            default:
                aws.EcsApi.Denied.Clear();
                aws.StacksApi.Denied.Clear();
                break;
        }
    }

    /// <summary>Lets some seconds pass, and sometimes minutes.</summary>
    public void Wait() =>
        world.Aws.Stacks.Advance(Random.Next(6) == 0 ? TimeSpan.FromMinutes(2) : TestEcs.Step * Random.Next(1, 6));

    /// <summary>Drops what is long over, which would only cost time.</summary>
    public void Forget()
    {
        Service.Tasks.RemoveAll(task => task.IsStopped);
        Service.Events.Clear();
        Stack.Events.Clear();
        var kept = Service.Deployments.TakeLast(20).ToHashSet();
        var sources = kept.Select(each => each.Source).ToHashSet();
        Service.Deployments.RemoveAll(each => !kept.Contains(each) && !sources.Contains(each.Target));
    }

    private StackPlan RandomPlan() =>
        new(
            "Shop",
            new Dictionary<string, ServicePlan>
            {
                ["Web"] = RunningWorld.Service(RandomImage(), Random.Next(4)) with
                {
                    HasBreaker = Random.Next(3) > 0,
                    Strategy = Strategies[Random.Next(Strategies.Length)],
                    BakeTime = TimeSpan.FromSeconds(20),
                    Alarms = Random.Next(2) == 0 ? ["Errors"] : [],
                },
            }
        );

    private string RandomImage() => images[Random.Next(images.Count)];

    private static Dictionary<string, string> Only(string image) => new(StringComparer.Ordinal) { ["web"] = image };
}

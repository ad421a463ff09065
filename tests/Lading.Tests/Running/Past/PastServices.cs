using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Ecs;

namespace Lading.Tests.Running.Past;

/// <summary>The services of a past as ECS reports them, by a clock of its own.</summary>
internal sealed class PastServices
{
    private readonly TestAws aws;
    private readonly TimeSpan clock;
    private readonly Dictionary<string, EcsService> services = new(StringComparer.Ordinal);
    private int count;

    /// <param name="aws">The account.</param>
    /// <param name="clock">How far the clock of ECS is ahead.</param>
    /// <param name="isOneName">Whether all containers share one name.</param>
    public PastServices(TestAws aws, TimeSpan clock, bool isOneName)
    {
        this.aws = aws;
        this.clock = clock;
        IsOneName = isOneName;
        foreach (var service in RandomPast.Services)
        {
            var definition = aws.Ecs.Register($"Shop{service}", Images(service, $"sha256:{new string('0', 64)}"));
            var created = services[service] = aws.Ecs.Create("main", $"Shop-{service}", definition, 1);
            created.Deployments.Clear();
        }
    }

    /// <summary>Whether all containers share one name.</summary>
    public bool IsOneName { get; }

    public static string RepositoryOf(string service) => $"shop/{service.ToLowerInvariant()}";

    public string ContainerOf(string service) => IsOneName ? "app" : $"{service}app";

    public string ArnOf(string service) => services[service].Arn;

    /// <summary>When the deployment of an attempt began, according to ECS.</summary>
    public DateTimeOffset TimeOf(PastAttempt attempt) => attempt.At + clock;

    /// <summary>Deploys, as a stack or a person does.</summary>
    public void Deploy(PastStep step)
    {
        var service = services[step.Service!];
        var images = Images(step.Service!, step.Images[step.Service!]);
        var definition =
            service.Deployments.Select(each => each.Target.Definition).LastOrDefault(each => Same(each.Images, images))
            ?? aws.Ecs.Register($"Shop{step.Service}", images);
        var at = step.At + clock;
        count++;
        service.Deployments.Add(
            new EcsDeployment
            {
                Id = $"ecs-svc/{count}",
                Arn =
                    service.Arn.Replace(":service/", ":service-deployment/", StringComparison.Ordinal)
                    + $"/{count:D20}",
                Source = service.Deployments.LastOrDefault()?.Target,
                Target = new EcsRevision(
                    service.Arn.Replace(":service/", ":service-revision/", StringComparison.Ordinal) + $"/{count:D20}",
                    definition,
                    images.ToDictionary(each => each.Key, each => (string?)each.Value.Split('@')[1]),
                    at
                ),
                CreatedAt = at,
                FinishedAt = step.Status == "IN_PROGRESS" ? null : at + TimeSpan.FromSeconds(20),
                Status = step.Status,
                RollbackAt = step.Status.StartsWith("ROLLBACK", StringComparison.Ordinal) ? at : null,
            }
        );
    }

    /// <summary>Sorts deployments by time.</summary>
    public void Sort()
    {
        foreach (var service in services.Values)
        {
            PastRendering.Sort(service.Deployments, each => each.CreatedAt);
        }
    }

    private Dictionary<string, string> Images(string service, string digest) =>
        new() { [ContainerOf(service)] = $"{aws.Host}/{RepositoryOf(service)}@{digest}" };

    private static bool Same(IReadOnlyDictionary<string, string> one, Dictionary<string, string> other) =>
        one.All(each => other.GetValueOrDefault(each.Key) == each.Value);
}

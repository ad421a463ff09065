using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lading.Testing.Cloud.Ecs;

/// <summary>
/// A stand-in for ECS in one account and region. Time passes only in <see cref="Advance"/>, which does what ECS would
/// do meanwhile. The source of each behaviour is noted beside it; assumptions are in <c>ASSUMPTIONS.md</c>.
/// </summary>
internal sealed class TestEcs(string account, string region, DateTimeOffset start)
{
    /// <summary>The time from a task's creation until it runs.</summary>
    public static readonly TimeSpan StartTime = TimeSpan.FromSeconds(20);

    /// <summary>The time between two looks at the services.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, ImageFate> fates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> tags = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> children = new(StringComparer.Ordinal);
    private int counter;

    public DateTimeOffset Now { get; private set; } = start;

    public string Account => account;

    public string Region => region;

    public List<string> Clusters { get; } = [];

    public List<EcsTaskDefinition> Definitions { get; } = [];

    public List<EcsService> Services { get; } = [];

    /// <summary>Tasks that no service started.</summary>
    public List<EcsTask> Tasks { get; } = [];

    /// <summary>Alarms that are firing now.</summary>
    public HashSet<string> Alarms { get; } = new(StringComparer.Ordinal);

    /// <summary>Sets what happens to tasks that run an image, by its reference; others run.</summary>
    public void SetFate(string image, ImageFate fate) => fates[image] = fate;

    /// <summary>
    /// Points a tag at a digest. A deployment keeps the digest that it had when the deployment began (version
    /// consistency).
    /// </summary>
    public void SetTag(string image, string digest) => tags[image] = digest;

    /// <summary>Sets the child that tasks report after pulling an index.</summary>
    public void SetChild(string index, string child) => children[index] = child;

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan by)
    {
        var end = Now + by;
        while (Now < end)
        {
            Now = Now + Step < end ? Now + Step : end;
            foreach (var service in Services.Where(service => service.Status == "ACTIVE").ToList())
            {
                new ServiceSchedule(this, service).Run();
            }
        }
    }

    /// <summary>Lets time pass until every service is stable, or a limit is reached.</summary>
    public void Settle()
    {
        for (var i = 0; i < 400 && !Services.TrueForAll(service => service.Status != "ACTIVE" || service.IsStable); i++)
        {
            Advance(Step);
        }
    }

    public string AddCluster(string name)
    {
        var arn = ArnOf($"cluster/{name}");
        if (!Clusters.Contains(arn, StringComparer.Ordinal))
        {
            Clusters.Add(arn);
        }

        return arn;
    }

    /// <summary>Registers the next revision of a family.</summary>
    public EcsTaskDefinition Register(
        string family,
        IReadOnlyDictionary<string, string> images,
        string? architecture = null
    )
    {
        var revision = Definitions.Count(each => each.Family == family) + 1;
        var definition = new EcsTaskDefinition(ArnOf($"task-definition/{family}:{revision}"), family, revision, images)
        {
            Architecture = architecture,
        };
        Definitions.Add(definition);
        return definition;
    }

    /// <summary>Creates a service and begins its first deployment.</summary>
    public EcsService Create(
        string cluster,
        string name,
        EcsTaskDefinition definition,
        int desired,
        Action<EcsService>? set = null
    )
    {
        var service = new EcsService
        {
            Arn = ArnOf($"service/{cluster}/{name}"),
            Name = name,
            Cluster = AddCluster(cluster),
            CreatedAt = Now,
            Desired = desired,
        };
        set?.Invoke(service);
        Services.Add(service);
        Deploy(service, definition);
        return service;
    }

    /// <summary>
    /// Begins a deployment, as CloudFormation, a hotswap or a forced deployment does. One in progress is stopped.
    /// </summary>
    public EcsDeployment Deploy(EcsService service, EcsTaskDefinition definition)
    {
        var before = service.Deployments.Count == 0 ? null : service.Current;
        if (before is { IsUnderWay: true })
        {
            before.Status = "STOPPED";
            before.StatusReason = "Service deployment stopped because a new service deployment began.";
            before.FinishedAt = Now;
        }

        var id = NextId();
        service.Definition = definition;
        var deployment = new EcsDeployment
        {
            Id = $"ecs-svc/{id}",
            Arn = ArnOf(
                $"service-deployment/{service.Cluster[(service.Cluster.LastIndexOf('/') + 1)..]}/{service.Name}/{id}"
            ),
            Source = before?.Wanted,
            Target = new EcsRevision(
                ArnOf(
                    $"service-revision/{service.Cluster[(service.Cluster.LastIndexOf('/') + 1)..]}/{service.Name}/{NextId()}"
                ),
                definition,
                definition.Images.ToDictionary(
                    image => image.Key,
                    image => DigestOf(image.Value),
                    StringComparer.Ordinal
                ),
                Now
            ),
            CreatedAt = Now,
            StageSince = Now,
            Breaker = service.HasBreaker ? "MONITORING" : "DISABLED",
        };
        service.Deployments.Add(deployment);
        service.Events.Add((Now, $"(service {service.Name}) has started a deployment ({deployment.Id})."));
        return deployment;
    }

    /// <summary>Begins to roll back the current deployment, as StopServiceDeployment with ROLLBACK does.</summary>
    public void RollBack(EcsService service, string reason)
    {
        var deployment = service.Current;
        deployment.RollbackAt = Now;
        deployment.RollbackReason = reason;
        deployment.Status = "ROLLBACK_IN_PROGRESS";
        if (deployment.Source is { } source)
        {
            service.Definition = source.Definition;
        }
    }

    /// <summary>Starts a task outside any service.</summary>
    public EcsTask Run(string cluster, EcsTaskDefinition definition)
    {
        AddCluster(cluster);
        var task = NewTask(cluster, definition, $"family:{definition.Family}", "somebody", Resolve(definition));
        task.LastStatus = "RUNNING";
        task.StartedAt = Now;
        Tasks.Add(task);
        return task;
    }

    public ImageFate FateOf(EcsTaskDefinition definition) =>
        definition
            .Images.Values.Select(image => fates.GetValueOrDefault(image))
            .FirstOrDefault(fate => fate != ImageFate.Runs);

    public EcsTask NewTask(
        string cluster,
        EcsTaskDefinition definition,
        string group,
        string startedBy,
        IReadOnlyDictionary<string, string?> digests
    ) =>
        new(ArnOf($"task/{cluster}/{NextId()}"), definition, Now)
        {
            Group = group,
            StartedBy = startedBy,
            Digests = digests.ToDictionary(
                pair => pair.Key,
                pair => pair.Value is { } digest ? children.GetValueOrDefault(digest, digest) : null,
                StringComparer.Ordinal
            ),
        };

    private Dictionary<string, string?> Resolve(EcsTaskDefinition definition) =>
        definition.Images.ToDictionary(image => image.Key, image => DigestOf(image.Value), StringComparer.Ordinal);

    private string? DigestOf(string image)
    {
        var at = image.IndexOf('@', StringComparison.Ordinal);
        return at >= 0 ? image[(at + 1)..]
            : tags.TryGetValue(image, out var digest) ? digest
            : $"sha256:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(image))).ToLowerInvariant()}";
    }

    private string ArnOf(string rest) => $"arn:aws:ecs:{region}:{account}:{rest}";

    private string NextId() => (++counter).ToString("D20", CultureInfo.InvariantCulture);
}

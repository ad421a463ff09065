using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>Finds facts in the evidence of an environment.</summary>
internal sealed class EvidenceIndex
{
    private readonly Dictionary<string, ServiceEvidence> services;
    private readonly ILookup<(string Cluster, string Group), TaskEvidence> tasks;
    private readonly ILookup<string, TaskEvidence> tasksByDefinition;
    private readonly Dictionary<string, RevisionEvidence> revisions;
    private readonly ILookup<string, DeploymentEvidence> deployments;
    private readonly Dictionary<string, TaskDefinitionEvidence> definitions;
    private readonly Dictionary<(string Repository, Digest Digest), RegistryImage> images;
    private readonly Dictionary<(string Repository, string Tag), RegistryImage> tagged = [];
    private readonly Dictionary<string, RecordEvidence> records;

    public EvidenceIndex(EnvironmentEvidence evidence)
    {
        Evidence = evidence;
        services = evidence.Services.ToDictionary(each => each.Arn, StringComparer.Ordinal);
        tasks = evidence.Tasks.ToLookup(task => (task.ClusterArn, task.Group));
        tasksByDefinition = evidence.Tasks.ToLookup(task => task.TaskDefinition, StringComparer.Ordinal);
        revisions = evidence.Revisions.ToDictionary(each => each.Arn, StringComparer.Ordinal);
        deployments = evidence.Deployments.ToLookup(each => each.ServiceArn, StringComparer.Ordinal);
        definitions = evidence.TaskDefinitions.ToDictionary(each => each.Arn, StringComparer.Ordinal);
        images = evidence.Images.ToDictionary(each => (each.Repository, each.Digest));
        records = evidence.Records.ToDictionary(each => each.Stack, StringComparer.Ordinal);
        foreach (var image in evidence.Images)
        {
            foreach (var tag in image.Tags)
            {
                tagged[(image.Repository, tag)] = image;
            }
        }
    }

    public EnvironmentEvidence Evidence { get; }

    public ServiceEvidence? FindService(string arn) => services.GetValueOrDefault(arn);

    /// <summary>The tasks that a service or its task set started.</summary>
    public IEnumerable<TaskEvidence> TasksOf(ServiceEvidence service) =>
        tasks[(service.ClusterArn, $"service:{service.Name}")];

    public IEnumerable<TaskEvidence> TasksOf(string taskDefinition) => tasksByDefinition[taskDefinition];

    public RevisionEvidence? FindRevision(string arn) => revisions.GetValueOrDefault(arn);

    /// <summary>The revision of a service with a given task definition; of several, the newest.</summary>
    public RevisionEvidence? FindRevision(ServiceEvidence service, string taskDefinition) =>
        service
            .CurrentRevisions.Select(FindRevision)
            .OfType<RevisionEvidence>()
            .Where(revision => revision.TaskDefinition == taskDefinition)
            .MaxBy(revision => revision.CreatedAt);

    /// <summary>The known deployments of a service, the newest first.</summary>
    public IEnumerable<DeploymentEvidence> DeploymentsOf(ServiceEvidence service) =>
        deployments[service.Arn].OrderByDescending(each => each.CreatedAt);

    public TaskDefinitionEvidence? FindDefinition(string arn) => definitions.GetValueOrDefault(arn);

    public RegistryImage? FindImage(string? repository, Digest digest) =>
        repository is null ? null : images.GetValueOrDefault((repository, digest));

    public RegistryImage? FindByTag(ImageReference reference, Tag tag) =>
        tagged.GetValueOrDefault(($"{reference.Host}/{reference.Repository}", tag.Name));

    /// <summary>The record of the stack that a container belongs to; null if there is none.</summary>
    public RecordEvidence? FindRecord(NamedContainer container) => records.GetValueOrDefault(container.Stack.Top.Name);

    public RecordedPin? FindRecorded(NamedContainer container) =>
        FindRecord(container) is { } record
            ? RecordedPin.Find(
                record.Record,
                $"{StackNesting.PathOf(container.Stack.Stack, Evidence.Stacks)}{container.LogicalId}/{container.Container}"
            )
            : null;

    /// <summary>The image that ECS has for a container, in case its template does not show it.</summary>
    public string? FindRegistered(NamedContainer container) =>
        container.PhysicalId is { } arn ? FindDefinition(arn)?.Images.GetValueOrDefault(container.Container) : null;

    /// <summary>What could not be read about a subject; null if everything could.</summary>
    /// <param name="subject">A cluster, stack or ARN.</param>
    /// <param name="actions">The operations that would have returned it.</param>
    public UnreadFact? FindUnread(string subject, params string[] actions) =>
        Evidence.Unread.FirstOrDefault(fact => actions.Contains(fact.Source.Action) && fact.Concerns(subject));
}

using Lading.Aws.CloudFormation;
using Lading.Oci;
using Lading.Records;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>
/// Reads the history of all stacks of an environment whose present state is known, which is not read again.
/// </summary>
/// <param name="facts">Reads facts.</param>
/// <param name="known">The evidence on the present state.</param>
internal sealed class EnvironmentHistoryFacts(FactGathering facts, EnvironmentEvidence known)
{
    private readonly ILookup<string, ServiceEvidence> byArn = known.Services.ToLookup(
        service => service.Arn,
        StringComparer.Ordinal
    );

    /// <summary>Reads the history.</summary>
    /// <param name="host">The host of the registry of its images.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The history of each stack, ordered by name.</returns>
    public async Task<IReadOnlyList<HistoryEvidence>> ReadAsync(string host, CancellationToken cancellationToken)
    {
        var workloads = Workloads.Of(known);
        var tops = workloads.Select(workload => workload.Stack.Top).DistinctBy(stack => stack.Id);
        var read = await Task.WhenAll(
                tops.OrderBy(stack => stack.Name, StringComparer.Ordinal)
                    .Select(stack => ReadAsync(stack, workloads, cancellationToken))
            )
            .ConfigureAwait(false);
        var revisions = await ReadRevisionsAsync(read, cancellationToken).ConfigureAwait(false);
        var (callers, images) = await ConcurrentTasks
            .AwaitAsync(
                new CallerFacts(facts).ReadAsync("", [.. read.SelectMany(each => each.Events)], cancellationToken),
                ReadImagesAsync(
                    read,
                    [.. revisions, .. read.SelectMany(each => each.Revisions)],
                    host,
                    cancellationToken
                )
            )
            .ConfigureAwait(false);
        return
        [
            .. read.Select(each =>
                each with
                {
                    Revisions = [.. revisions, .. each.Revisions],
                    Callers = [.. callers.Where(caller => caller.IsAbout(each.Stack))],
                    Images = images,
                    Repositories = RegistryFacts.RepositoriesOf(
                        HistoryFacts.ImagesOf(each.Records, [.. revisions, .. each.Revisions], host),
                        facts.Session.Settings.Region
                    ),
                    Unread = facts.Unread,
                }
            ),
        ];
    }

    private async Task<HistoryEvidence> ReadAsync(
        StackEvidence stack,
        IReadOnlyList<Workload> workloads,
        CancellationToken cancellationToken
    )
    {
        var services = workloads
            .Where(workload => workload.Kind == WorkloadKind.Service && workload.Stack.Top.Id == stack.Id)
            .SelectMany(workload => byArn[workload.PhysicalId])
            .ToList();
        var nestedStacks = known.Stacks.Where(each =>
            each.Id != stack.Id && StackNesting.TopOf(each, known.Stacks).Id == stack.Id
        );
        var ((events, nested), records, (deployments, controlled)) = await ConcurrentTasks
            .AwaitAsync(
                ConcurrentTasks.AwaitAsync(
                    ReadEventsAsync(stack, cancellationToken),
                    Task.WhenAll(nestedStacks.Select(each => ReadEventsAsync(each, cancellationToken)))
                ),
                HasRecord(stack)
                    ? new RecordVersions(facts).ReadAsync(stack.Name, cancellationToken)
                    : Task.FromResult<IReadOnlyList<RecordEvidence>>([]),
                ConcurrentTasks.AwaitAsync(
                    // Services under other controllers have no service deployments.
                    new ServiceHistory(facts).ReadDeploymentsAsync(
                        services.Where(each => each.Controller == "ECS").Select(each => each.Arn),
                        cancellationToken
                    ),
                    new ControlledHistory(facts).ReadAsync(services, cancellationToken)
                )
            )
            .ConfigureAwait(false);
        var definitions = await new ServiceHistory(facts)
            .DefineAsync(
                [
                    .. controlled
                        .OrderByDescending(each => each.Deployment.CreatedAt)
                        .Select(each => each.TaskDefinition)
                        .OfType<string>()
                        .Except(known.TaskDefinitions.Select(each => each.Arn), StringComparer.Ordinal),
                ],
                cancellationToken
            )
            .ConfigureAwait(false);
        IReadOnlyList<TaskDefinitionEvidence> defined = [.. known.TaskDefinitions, .. definitions];
        return new HistoryEvidence
        {
            Stack = stack.Name,
            StackId = stack.Id,
            ReadAt = facts.Now,
            Events = events,
            NestedEvents = [.. nested.SelectMany(each => each)],
            Records = records,
            Deployments = [.. deployments, .. controlled.Select(each => each.Deployment)],
            Revisions = [.. controlled.SelectMany(each => each.RevisionIn(defined))],
            TaskDefinitions = defined,
        };
    }

    private Task<List<StackEvent>> ReadEventsAsync(StackEvidence stack, CancellationToken cancellationToken) =>
        facts.ListAsync(next => new DescribeStackEvents(stack.Id, next), stack.Id, cancellationToken);

    /// <summary>Whether it has a record, or may have one that could not be read.</summary>
    private bool HasRecord(StackEvidence stack) =>
        known.Records.Any(record => record.Stack == stack.Name)
        || known.Unread.Any(fact => fact.Source.Action == "ssm:GetParametersByPath" && IsAbout(fact, stack.Name));

    private static bool IsAbout(UnreadFact fact, string stack) =>
        fact.Resources.Count == 0 || fact.Concerns(stack) || fact.Source.Subject == StackRecord.ParameterOf(stack);

    private async Task<IReadOnlyList<RevisionEvidence>> ReadRevisionsAsync(
        IEnumerable<HistoryEvidence> read,
        CancellationToken cancellationToken
    )
    {
        var arns = read.SelectMany(each => each.Deployments)
            .Where(each => each.Controller == "ECS")
            .Select(each => each.TargetRevision)
            .Where(arn => arn.Length > 0)
            .Except(known.Revisions.Select(revision => revision.Arn), StringComparer.Ordinal);
        var found = await new ServiceFacts(facts).ReadRevisionsAsync(arns, cancellationToken).ConfigureAwait(false);
        return [.. known.Revisions.Concat(found).DistinctBy(revision => revision.Arn)];
    }

    private async Task<IReadOnlyList<RegistryImage>> ReadImagesAsync(
        IEnumerable<HistoryEvidence> read,
        IReadOnlyList<RevisionEvidence> revisions,
        string host,
        CancellationToken cancellationToken
    )
    {
        var knownImages = known.Images.Select(image => (image.Repository, (Digest?)image.Digest)).ToHashSet();
        var wanted = HistoryFacts
            .ImagesOf(read.SelectMany(each => each.Records), revisions, host)
            .Where(reference => !knownImages.Contains(($"{reference.Host}/{reference.Repository}", reference.Digest)));
        var found = await new RegistryFacts(facts).ReadAsync(wanted, cancellationToken).ConfigureAwait(false);
        return [.. known.Images.Concat(found).DistinctBy(image => (image.Repository, image.Digest))];
    }
}

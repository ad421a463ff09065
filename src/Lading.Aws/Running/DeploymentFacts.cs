using Lading.Aws.CloudFormation;
using Lading.Aws.Ecs;
using Lading.Running;
using Lading.Running.Evidence;
using Lading.Running.Verifying;

namespace Lading.Aws.Running;

/// <summary>Reads the state of a deployment of some stacks, with few calls, for repeated reads.</summary>
/// <param name="facts">Reads facts.</param>
/// <param name="before">The previous evidence; null for the first time.</param>
internal sealed class DeploymentFacts(FactGathering facts, EnvironmentEvidence? before)
{
    // Older deployments belong to other releases; a service with this many newer ones has been superseded.
    private const int Newest = 10;

    public async Task<EnvironmentEvidence> ReadAsync(
        EnvironmentEvidence evidence,
        Func<string, bool> owns,
        CancellationToken cancellationToken
    )
    {
        var stacks = await new StackFacts(facts, before?.Stacks)
            .ReadAsync(owns, cancellationToken)
            .ConfigureAwait(false);
        evidence = evidence with
        {
            Stacks = stacks,
            Exports = await ReadExportsAsync(stacks, cancellationToken).ConfigureAwait(false),
        };
        var workloads = Workloads.Of(evidence).Where(each => each.Kind == WorkloadKind.Service).ToList();
        var (records, services) = await ConcurrentTasks
            .AwaitAsync(
                // A record is written at the end of an operation.
                stacks.Any(stack => stack.IsInProgress)
                    ? Task.FromResult<IReadOnlyList<RecordEvidence>>([])
                    : new RecordFacts(facts).ReadAsync(owns, cancellationToken),
                ReadServicesAsync(workloads, cancellationToken)
            )
            .ConfigureAwait(false);
        evidence = evidence with
        {
            Records = records,
            Services = services.Items,
            MissingServices =
            [
                .. services.Failures.Where(failure => failure.Reason == "MISSING").Select(failure => failure.Arn),
            ],
        };
        var byArn = evidence.Services.ToDictionary(service => service.Arn, StringComparer.Ordinal);
        var watched = workloads
            .Where(workload => byArn.ContainsKey(workload.PhysicalId))
            .Select(workload => new WatchedWorkload(byArn[workload.PhysicalId], workload))
            .ToList();
        var (tasks, deployments, definitions) = await ConcurrentTasks
            .AwaitAsync(
                new WatchedTasks(facts).ReadAsync(watched, cancellationToken),
                ReadDeploymentsAsync(watched, cancellationToken),
                ReadDefinitionsAsync(workloads, cancellationToken)
            )
            .ConfigureAwait(false);
        evidence = evidence with
        {
            Tasks = tasks,
            Deployments = deployments,
            TaskDefinitions = definitions,
            Revisions = await ReadRevisionsAsync(evidence.Services, deployments, cancellationToken)
                .ConfigureAwait(false),
        };
        return evidence with
        {
            Images = await ReadImagesAsync(evidence, workloads, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<IReadOnlyDictionary<string, string>> ReadExportsAsync(
        IReadOnlyList<StackEvidence> stacks,
        CancellationToken cancellationToken
    )
    {
        if (!stacks.Any(stack => stack.Template is { } template && Workloads.Imports(template)))
        {
            return new Dictionary<string, string>();
        }

        var exports = await facts.ListAsync(next => new ListExports(next), "", cancellationToken).ConfigureAwait(false);
        return exports.DistinctBy(export => export.Key).ToDictionary(StringComparer.Ordinal);
    }

    private async Task<AwsBatch<ServiceEvidence>> ReadServicesAsync(
        IReadOnlyList<Workload> workloads,
        CancellationToken cancellationToken
    )
    {
        var batches = await Task.WhenAll(
                workloads
                    .Select(workload => workload.PhysicalId)
                    .Where(arn => arn.Length > 0)
                    .GroupBy(arn => ArnName.ClusterOf(arn) ?? "", StringComparer.Ordinal)
                    .Where(group => group.Key.Length > 0)
                    .Select(group =>
                        facts.BatchAsync(
                            group.Distinct(StringComparer.Ordinal),
                            DescribeServices.Most,
                            chunk => new DescribeServices(group.Key, chunk, facts.Now),
                            group.Key,
                            cancellationToken
                        )
                    )
            )
            .ConfigureAwait(false);
        return new AwsBatch<ServiceEvidence>(
            [.. batches.SelectMany(batch => batch.Items)],
            [.. batches.SelectMany(batch => batch.Failures)]
        );
    }

    /// <summary>
    /// Reads deployments in progress, and the newest ones of services whose current deployment may not have ended.
    /// </summary>
    private async Task<IReadOnlyList<DeploymentEvidence>> ReadDeploymentsAsync(
        IReadOnlyList<WatchedWorkload> watched,
        CancellationToken cancellationToken
    )
    {
        var serviceFacts = new ServiceFacts(facts);
        var targets = before?.Revisions.ToDictionary(each => each.Arn, StringComparer.Ordinal);
        var ended = (before?.Deployments ?? [])
            .Where(each =>
                !each.IsInProgress
                && watched.Any(candidate =>
                    candidate.Service.Arn == each.ServiceArn
                    && candidate.Service.CurrentDeployment is null
                    && candidate.Workload.TaskDefinition
                        == targets?.GetValueOrDefault(each.TargetRevision)?.TaskDefinition
                )
            )
            .ToList();
        var known = ended.Select(each => each.ServiceArn).ToHashSet(StringComparer.Ordinal);
        var listed = await Task.WhenAll(
                watched
                    .Where(each => each is { Service.Controller: "ECS" } && !known.Contains(each.Service.Arn))
                    .Select(each => each.Service)
                    .Select(async service =>
                        service.CurrentDeployment is { } current && service.IsDeploying
                            ? [current]
                            : (
                                await facts
                                    .FindAsync(
                                        new ListServiceDeployments(service.ClusterArn, service.Arn, null),
                                        service.Arn,
                                        cancellationToken
                                    )
                                    .ConfigureAwait(false)
                            )
                                ?.Items.Take(Newest)
                                .ToList()
                                ?? []
                    )
            )
            .ConfigureAwait(false);
        var found = await serviceFacts
            .DescribeAsync(listed.SelectMany(arns => arns), cancellationToken)
            .ConfigureAwait(false);
        return [.. found.Concat(ended).DistinctBy(each => each.Arn)];
    }

    private async Task<IReadOnlyList<RevisionEvidence>> ReadRevisionsAsync(
        IReadOnlyList<ServiceEvidence> services,
        IReadOnlyList<DeploymentEvidence> deployments,
        CancellationToken cancellationToken
    )
    {
        var known = before?.Revisions ?? [];
        var arns = services
            .SelectMany(service => service.CurrentRevisions)
            .Concat(deployments.Select(each => each.TargetRevision))
            .Where(arn => arn.Length > 0)
            .Except(known.Select(revision => revision.Arn), StringComparer.Ordinal);
        var read = await new ServiceFacts(facts).ReadRevisionsAsync(arns, cancellationToken).ConfigureAwait(false);
        return [.. known.Concat(read).DistinctBy(revision => revision.Arn)];
    }

    private async Task<IReadOnlyList<TaskDefinitionEvidence>> ReadDefinitionsAsync(
        IReadOnlyList<Workload> workloads,
        CancellationToken cancellationToken
    )
    {
        var known = before?.TaskDefinitions ?? [];
        var read = await Task.WhenAll(
                ServiceFacts
                    .WithUnknownImages(workloads)
                    .Except(known.Select(definition => definition.Arn), StringComparer.Ordinal)
                    .Select(arn => facts.FindAsync(new DescribeTaskDefinition(arn, facts.Now), arn, cancellationToken))
            )
            .ConfigureAwait(false);
        return [.. known.Concat(read.OfType<TaskDefinitionEvidence>())];
    }

    /// <summary>Reads the pinned and the running images, once there are tasks to compare.</summary>
    private async Task<IReadOnlyList<RegistryImage>> ReadImagesAsync(
        EnvironmentEvidence evidence,
        IReadOnlyList<Workload> workloads,
        CancellationToken cancellationToken
    )
    {
        var known = before?.Images ?? [];
        if (!evidence.Tasks.Any(task => task.Counts))
        {
            return known;
        }

        var wanted = RunningImages
            .Of(evidence, workloads)
            .Where(reference =>
                reference.Digest is not { } digest
                || !known.Any(image =>
                    image.Digest == digest && image.Repository == $"{reference.Host}/{reference.Repository}"
                )
            );
        var read = await new RegistryFacts(facts).ReadAsync(wanted, cancellationToken).ConfigureAwait(false);
        // A tag may have moved: the newest result counts.
        return [.. read.Concat(known).DistinctBy(image => (image.Repository, image.Digest))];
    }
}

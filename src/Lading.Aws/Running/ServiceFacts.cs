using Lading.Aws.Ecs;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>
/// Reads the revisions of services, and the deployments and task definitions of those that do not run the one in their
/// stack.
/// </summary>
internal sealed class ServiceFacts(FactGathering facts)
{
    /// <summary>Adds revisions, deployments and task definitions to evidence.</summary>
    public async Task<EnvironmentEvidence> AddAsync(
        EnvironmentEvidence evidence,
        IReadOnlyList<Workload> workloads,
        CancellationToken cancellationToken
    )
    {
        var drifted = DriftedIn(evidence, workloads);
        var (found, definitions, revisions) = await ConcurrentTasks
            .AwaitAsync(
                ReadDeploymentsAsync(evidence, drifted, cancellationToken),
                Task.WhenAll(
                    drifted
                        .Select(service => service.TaskDefinition)
                        .Concat(WithUnknownImages(workloads))
                        .Distinct(StringComparer.Ordinal)
                        .Select(arn =>
                            facts.FindAsync(new DescribeTaskDefinition(arn, facts.Now), arn, cancellationToken)
                        )
                ),
                ReadRevisionsAsync(evidence.Services.SelectMany(service => service.CurrentRevisions), cancellationToken)
            )
            .ConfigureAwait(false);
        var known = revisions.Select(revision => revision.Arn).ToHashSet(StringComparer.Ordinal);
        var targets = await ReadRevisionsAsync(
                found.Select(each => each.TargetRevision).Where(arn => arn.Length > 0 && !known.Contains(arn)),
                cancellationToken
            )
            .ConfigureAwait(false);
        return evidence with
        {
            Deployments = found,
            Revisions = [.. revisions.Concat(targets).DistinctBy(revision => revision.Arn)],
            TaskDefinitions = [.. definitions.OfType<TaskDefinitionEvidence>()],
        };
    }

    /// <summary>The services that run another task definition than the one in their stack.</summary>
    public static IReadOnlyList<ServiceEvidence> DriftedIn(
        EnvironmentEvidence evidence,
        IReadOnlyList<Workload> workloads
    )
    {
        var byArn = evidence.Services.ToDictionary(service => service.Arn, StringComparer.Ordinal);
        return
        [
            .. from workload in workloads
            where workload.Kind == WorkloadKind.Service
            let service = byArn.GetValueOrDefault(workload.PhysicalId)
            where service is { Controller: "ECS" } && service.TaskDefinition != workload.TaskDefinition
            select service,
        ];
    }

    /// <summary>Reads revisions, twenty in one call.</summary>
    public async Task<IReadOnlyList<RevisionEvidence>> ReadRevisionsAsync(
        IEnumerable<string> arns,
        CancellationToken cancellationToken
    )
    {
        var batch = await facts
            .BatchAsync(
                arns.Distinct(StringComparer.Ordinal),
                DescribeServiceRevisions.Most,
                chunk => new DescribeServiceRevisions(chunk, facts.Now),
                "",
                cancellationToken
            )
            .ConfigureAwait(false);
        return batch.Items;
    }

    /// <summary>
    /// Reads the deployments in progress, and the last ones of services that do not run the task definition in their
    /// stack.
    /// </summary>
    private async Task<IReadOnlyList<DeploymentEvidence>> ReadDeploymentsAsync(
        EnvironmentEvidence evidence,
        IReadOnlyList<ServiceEvidence> drifted,
        CancellationToken cancellationToken
    )
    {
        var listed = await Task.WhenAll(
                drifted
                    .DistinctBy(service => service.Arn)
                    .Select(service =>
                        facts.FindAsync(
                            new ListServiceDeployments(service.ClusterArn, service.Arn, null),
                            service.Arn,
                            cancellationToken
                        )
                    )
            )
            .ConfigureAwait(false);
        var arns = listed
            .SelectMany(page => page?.Items.Take(DescribeServiceDeployments.Most) ?? [])
            .Concat(evidence.Services.Select(service => service.CurrentDeployment).OfType<string>());
        return await DescribeAsync(arns, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads deployments, twenty in one call.</summary>
    public async Task<IReadOnlyList<DeploymentEvidence>> DescribeAsync(
        IEnumerable<string> arns,
        CancellationToken cancellationToken
    )
    {
        var batch = await facts
            .BatchAsync(
                arns.Distinct(StringComparer.Ordinal),
                DescribeServiceDeployments.Most,
                chunk => new DescribeServiceDeployments(chunk, facts.Now),
                "",
                cancellationToken
            )
            .ConfigureAwait(false);
        return batch.Items;
    }

    /// <summary>The task definitions whose images the template does not show, so that ECS must be asked.</summary>
    public static IEnumerable<string> WithUnknownImages(IEnumerable<Workload> workloads) =>
        workloads
            .SelectMany(workload => workload.Containers)
            .Where(container => container is { Type: Workloads.TaskDefinition, Reference.Text: null })
            .Select(container => container.PhysicalId)
            .OfType<string>();
}

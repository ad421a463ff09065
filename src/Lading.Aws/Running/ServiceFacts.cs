using Lading.Aws.Ecs;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>Reads what ECS resolved for services, and why those differ that do not run what their stack says.</summary>
internal sealed class ServiceFacts(FactGathering facts)
{
    /// <summary>The same evidence with revisions, deployments and task definitions.</summary>
    public async Task<EnvironmentEvidence> AddAsync(
        EnvironmentEvidence evidence,
        IReadOnlyList<Workload> workloads,
        CancellationToken cancellationToken
    )
    {
        var off = OffStackIn(evidence, workloads);
        var (found, definitions, revisions) = await ConcurrentTasks
            .AwaitAsync(
                ReadDeploymentsAsync(evidence, off, cancellationToken),
                Task.WhenAll(
                    off.Select(service => service.TaskDefinition)
                        .Concat(Untold(workloads))
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

    /// <summary>The services with a task definition that is not their stack's.</summary>
    public static IReadOnlyList<ServiceEvidence> OffStackIn(
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

    /// <summary>Revisions, twenty in one call.</summary>
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

    /// <summary>The deployments in progress, and the last ones of services that do not run what their stack says.</summary>
    private async Task<IReadOnlyList<DeploymentEvidence>> ReadDeploymentsAsync(
        EnvironmentEvidence evidence,
        IReadOnlyList<ServiceEvidence> off,
        CancellationToken cancellationToken
    )
    {
        var listed = await Task.WhenAll(
                off.DistinctBy(service => service.Arn)
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

    /// <summary>Deployments, twenty in one call.</summary>
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

    /// <summary>Task definitions whose images are not in the template: ECS has them.</summary>
    public static IEnumerable<string> Untold(IEnumerable<Workload> workloads) =>
        workloads
            .SelectMany(workload => workload.Containers)
            .Where(container => container is { Type: Workloads.TaskDefinition, Reference.Text: null })
            .Select(container => container.PhysicalId)
            .OfType<string>();
}

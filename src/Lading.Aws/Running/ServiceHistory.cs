using Lading.Aws.CloudFormation;
using Lading.Aws.Ecs;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>
/// Reads the deployments of a stack's services, including those of nested stacks, of the last 90 days.
/// </summary>
internal sealed class ServiceHistory(FactGathering facts)
{
    /// <summary>The maximum number of task definitions to read, the newest first: ECS throttles such calls.</summary>
    private const int MaximumDefinitions = 100;

    /// <summary>Reads the service deployments of services, which ECS keeps for 90 days.</summary>
    public async Task<IReadOnlyList<DeploymentEvidence>> ReadDeploymentsAsync(
        IEnumerable<string> services,
        CancellationToken cancellationToken
    )
    {
        var listed = await Task.WhenAll(
                services.Select(service =>
                    facts.ListAsync(
                        next => new ListServiceDeployments(ArnName.ClusterOf(service) ?? "", service, next),
                        service,
                        cancellationToken
                    )
                )
            )
            .ConfigureAwait(false);
        return await new ServiceFacts(facts)
            .DescribeAsync(listed.SelectMany(arns => arns), cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<ServicePast> ReadAsync(string stack, CancellationToken cancellationToken)
    {
        var (arns, events) = await ReadServicesAsync(stack, 0, cancellationToken).ConfigureAwait(false);
        var (deployments, controlled) = await ConcurrentTasks
            .AwaitAsync(ReadDeploymentsAsync(arns, cancellationToken), ReadOthersAsync(arns, cancellationToken))
            .ConfigureAwait(false);
        var revisions = await new ServiceFacts(facts)
            .ReadRevisionsAsync(
                deployments.Select(each => each.TargetRevision).Where(arn => arn.Length > 0),
                cancellationToken
            )
            .ConfigureAwait(false);
        var definitions = await DefineAsync(
                [
                    .. controlled.Select(each => each.TaskDefinition).OfType<string>(),
                    .. revisions.OrderByDescending(each => each.CreatedAt).Select(each => each.TaskDefinition),
                ],
                cancellationToken
            )
            .ConfigureAwait(false);
        return new ServicePast(
            [.. deployments, .. controlled.Select(each => each.Deployment)],
            [.. revisions, .. controlled.SelectMany(each => each.RevisionIn(definitions))],
            definitions,
            events
        );
    }

    /// <summary>The deployments of CodeDeploy and of the user's own controllers.</summary>
    private async Task<IReadOnlyList<ControlledDeployment>> ReadOthersAsync(
        IReadOnlyList<string> arns,
        CancellationToken cancellationToken
    )
    {
        var batches = await Task.WhenAll(
                arns.GroupBy(arn => ArnName.ClusterOf(arn) ?? "", StringComparer.Ordinal)
                    .Select(cluster =>
                        facts.BatchAsync(
                            cluster,
                            DescribeServices.Most,
                            chunk => new DescribeServices(cluster.Key, chunk, facts.Now),
                            cluster.Key,
                            cancellationToken,
                            mayBeMissing: true
                        )
                    )
            )
            .ConfigureAwait(false);
        return await new ControlledHistory(facts)
            .ReadAsync(batches.SelectMany(batch => batch.Items), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Reads task definitions with their settings: the first hundred.</summary>
    public async Task<IReadOnlyList<TaskDefinitionEvidence>> DefineAsync(
        IReadOnlyList<string> arns,
        CancellationToken cancellationToken
    )
    {
        var found = await Task.WhenAll(
                arns.Distinct(StringComparer.Ordinal)
                    .Take(MaximumDefinitions)
                    .Select(arn =>
                        facts.FindAsync(
                            new DescribeTaskDefinition(arn, facts.Now, HasSettings: true),
                            arn,
                            cancellationToken
                        )
                    )
            )
            .ConfigureAwait(false);
        return [.. found.OfType<TaskDefinitionEvidence>()];
    }

    private async Task<(IReadOnlyList<string> Services, IReadOnlyList<StackEvent> Events)> ReadServicesAsync(
        string stack,
        int depth,
        CancellationToken cancellationToken
    )
    {
        var (resources, events) = await ConcurrentTasks
            .AwaitAsync(
                facts.ListAsync(next => new ListStackResources(stack, next), stack, cancellationToken),
                depth == 0
                    ? Task.FromResult<List<StackEvent>>([])
                    : facts.ListAsync(next => new DescribeStackEvents(stack, next), stack, cancellationToken)
            )
            .ConfigureAwait(false);
        var created = resources.Where(resource => resource.PhysicalId.Length > 0).ToList();
        // Deeper than any template nests stacks.
        var nested = await Task.WhenAll(
                created
                    .Where(resource => resource.Type == Workloads.Nested && depth < 10)
                    .Select(resource => ReadServicesAsync(resource.PhysicalId, depth + 1, cancellationToken))
            )
            .ConfigureAwait(false);
        return (
            [
                .. created
                    .Where(resource => resource.Type == Workloads.Service)
                    .Select(resource => resource.PhysicalId),
                .. nested.SelectMany(each => each.Services),
            ],
            [.. events, .. nested.SelectMany(each => each.Events)]
        );
    }
}

/// <summary>The deployments of services.</summary>
/// <param name="Deployments">The deployments in ECS and CodeDeploy, and task sets.</param>
/// <param name="Revisions">Their revisions.</param>
/// <param name="TaskDefinitions">The newest of their task definitions.</param>
/// <param name="NestedEvents">Events of nested stacks.</param>
internal sealed record ServicePast(
    IReadOnlyList<DeploymentEvidence> Deployments,
    IReadOnlyList<RevisionEvidence> Revisions,
    IReadOnlyList<TaskDefinitionEvidence> TaskDefinitions,
    IReadOnlyList<StackEvent> NestedEvents
);

using Lading.Aws.CodeDeploy;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>
/// Reads the deployments of services under CodeDeploy or the user's own controller, for which ECS has no service
/// deployments.
/// </summary>
internal sealed class CodeDeployFacts(FactGathering facts)
{
    /// <summary>How far back to look, as for ECS and CloudFormation.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>The deployments of a service under CODE_DEPLOY or EXTERNAL, each with its task definition.</summary>
    public async Task<IReadOnlyList<ControlledDeployment>> ReadAsync(
        ServiceEvidence service,
        CancellationToken cancellationToken
    )
    {
        var deployed =
            service.Controller == "CODE_DEPLOY"
                ? await ReadDeploymentsAsync(service, cancellationToken).ConfigureAwait(false)
                : [];
        var known = deployed.Select(each => each.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. deployed.Select(each => new ControlledDeployment(Of(each, service), each.TaskDefinition)),
            // CodeDeploy's deployment has more details than its task set.
            .. service
                .TaskSets.Where(set => !known.Contains(set.ExternalId))
                .Select(set => new ControlledDeployment(Of(set, service), set.TaskDefinition)),
        ];
    }

    private async Task<IReadOnlyList<CodeDeployment>> ReadDeploymentsAsync(
        ServiceEvidence service,
        CancellationToken cancellationToken
    )
    {
        var groups = await FindGroupsAsync(service, cancellationToken).ConfigureAwait(false);
        var since = facts.Now - Kept;
        var listed = await Task.WhenAll(
                groups.Select(group =>
                    facts.ListAsync(
                        next => new ListDeployments(group.Application, group.Name, since, next),
                        service.Arn,
                        cancellationToken
                    )
                )
            )
            .ConfigureAwait(false);
        return await DescribeAsync(listed.SelectMany(ids => ids), service, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Finds the deployment groups of a service: by the deployments of its task sets; without any, among all groups.
    /// </summary>
    private async Task<IReadOnlyList<(string Application, string Name)>> FindGroupsAsync(
        ServiceEvidence service,
        CancellationToken cancellationToken
    )
    {
        var ids = service.TaskSets.Select(set => set.ExternalId).Where(id => id.Length > 0);
        var deployments = await DescribeAsync(ids, service, cancellationToken).ConfigureAwait(false);
        if (deployments.Count > 0)
        {
            return [.. deployments.Select(each => (each.Application, each.Group)).Distinct()];
        }

        var applications = await facts
            .ListAsync(next => new ListApplications(next), service.Arn, cancellationToken)
            .ConfigureAwait(false);
        var groups = await Task.WhenAll(
                applications.Select(application => ReadGroupsAsync(application, service, cancellationToken))
            )
            .ConfigureAwait(false);
        var name = $"{service.ClusterName}/{service.Name}";
        return
        [
            .. groups
                .SelectMany(group => group)
                .Where(group => group.Services.Contains(name, StringComparer.Ordinal))
                .Select(group => (group.Application, group.Name)),
        ];
    }

    private async Task<IReadOnlyList<DeploymentGroup>> ReadGroupsAsync(
        string application,
        ServiceEvidence service,
        CancellationToken cancellationToken
    )
    {
        var names = await facts
            .ListAsync(next => new ListDeploymentGroups(application, next), service.Arn, cancellationToken)
            .ConfigureAwait(false);
        var groups = await Task.WhenAll(
                names
                    .Chunk(BatchGetDeploymentGroups.Most)
                    .Select(chunk =>
                        facts.FindAsync(
                            new BatchGetDeploymentGroups(application, chunk),
                            service.Arn,
                            cancellationToken
                        )
                    )
            )
            .ConfigureAwait(false);
        return [.. groups.SelectMany(chunk => chunk ?? [])];
    }

    private async Task<IReadOnlyList<CodeDeployment>> DescribeAsync(
        IEnumerable<string> ids,
        ServiceEvidence service,
        CancellationToken cancellationToken
    )
    {
        var found = await Task.WhenAll(
                ids.Distinct(StringComparer.Ordinal)
                    .Chunk(BatchGetDeployments.Most)
                    .Select(chunk => facts.FindAsync(new BatchGetDeployments(chunk), service.Arn, cancellationToken))
            )
            .ConfigureAwait(false);
        return [.. found.SelectMany(chunk => chunk ?? [])];
    }

    private DeploymentEvidence Of(CodeDeployment deployment, ServiceEvidence service) =>
        new()
        {
            Arn = deployment.Id,
            ServiceArn = service.Arn,
            Controller = service.Controller,
            IsOutside = !deployment.Creator.StartsWith("CloudFormation", StringComparison.Ordinal),
            Status = deployment switch
            {
                { Status: "Succeeded" } => "SUCCESSFUL",
                { RolledBackBy: { Length: > 0 } } => "ROLLBACK_SUCCESSFUL",
                { Status: "Failed" or "Stopped" } => "STOPPED",
                _ => "IN_PROGRESS",
            },
            StatusReason = deployment.Problem,
            RollbackReason = deployment is { RolledBackBy: { Length: > 0 } by }
                ? $"{by} put back what was before"
                : null,
            CreatedAt = deployment.CreatedAt,
            FinishedAt = deployment.CompletedAt,
            TargetRevision = deployment.Id,
            Source = new FactOrigin("codedeploy:BatchGetDeployments", service.Arn, facts.Now),
        };

    private static DeploymentEvidence Of(TaskSet set, ServiceEvidence service) =>
        new()
        {
            Arn = set.Id,
            ServiceArn = service.Arn,
            Controller = service.Controller,
            Status = set.Status == "ACTIVE" ? "IN_PROGRESS" : "SUCCESSFUL",
            CreatedAt = set.CreatedAt,
            FinishedAt = set.Status == "ACTIVE" ? null : set.CreatedAt,
            TargetRevision = set.Id,
            Source = service.Source,
        };
}

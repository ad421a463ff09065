using Lading.Aws.Ecs;
using Lading.Aws.Running;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Aws.Retention;

/// <summary>Reads deployments in progress, with their source revisions, to which they may be rolled back.</summary>
internal sealed class DeploymentUses : IUseReader
{
    public UseStage Stage => UseStage.Services;

    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var services = new ServiceFacts(region.Facts);
        var deployments = await services
            .DescribeAsync(
                region.Services.Select(service => service.CurrentDeployment).OfType<string>(),
                cancellationToken
            )
            .ConfigureAwait(false);
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var deployment in deployments)
        {
            var service = ArnName.Of(deployment.ServiceArn);
            reasons.TryAdd(deployment.TargetRevision, $"a deployment of service {service} is rolling it out");
            foreach (var source in deployment.SourceRevisions.Append(deployment.RollbackRevision ?? ""))
            {
                reasons.TryAdd(source, $"a deployment of service {service} would roll back to it");
            }
        }

        reasons.Remove("");
        var revisions = await services.ReadRevisionsAsync(reasons.Keys, cancellationToken).ConfigureAwait(false);
        foreach (var revision in revisions)
        {
            ServiceUses.Add(region, UseKind.Deploying, revision, reasons[revision.Arn]);
        }
    }
}

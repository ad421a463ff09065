using Lading.Aws.Ecs;
using Lading.Aws.Running;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Aws.Retention;

/// <summary>Releases as ECS remembers them for 90 days: what services were deployed with, in apps that write no record too.</summary>
/// <param name="most">How many of each service are looked at, the newest first.</param>
internal sealed class DeploymentReleases(int most) : IUseReader
{
    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var facts = region.Facts;
        var own = region.Services.Where(service => service.Controller == "ECS").ToList();
        var listed = await Task.WhenAll(
                own.Select(service =>
                    facts.FindAsync(
                        new ListServiceDeployments(service.ClusterArn, service.Arn, null),
                        service.Arn,
                        cancellationToken
                    )
                )
            )
            .ConfigureAwait(false);
        var services = new ServiceFacts(facts);
        var deployments = await services
            .DescribeAsync(listed.SelectMany(page => page?.Items.Take(most) ?? []), cancellationToken)
            .ConfigureAwait(false);
        var revisions = await services
            .ReadRevisionsAsync(
                deployments.Select(deployment => deployment.TargetRevision).Where(arn => arn.Length > 0),
                cancellationToken
            )
            .ConfigureAwait(false);
        var byArn = revisions.ToDictionary(revision => revision.Arn, StringComparer.Ordinal);
        var names = own.ToDictionary(service => service.Arn, ServiceUses.NameOf, StringComparer.Ordinal);
        foreach (var service in deployments.GroupBy(deployment => deployment.ServiceArn))
        {
            var version = 0L;
            foreach (var deployment in service.OrderBy(deployment => deployment.CreatedAt))
            {
                version++;
                if (
                    deployment.Status == "SUCCESSFUL"
                    && byArn.GetValueOrDefault(deployment.TargetRevision) is { } revision
                )
                {
                    region.Add(
                        new StackRelease(
                            "",
                            $"service {names.GetValueOrDefault(service.Key) ?? ArnName.Of(service.Key)}",
                            version,
                            deployment.CreatedAt,
                            [
                                .. revision
                                    .Images.SelectMany(image => TaskUses.ImagesOf(image.Image, image.Digest))
                                    .Distinct(),
                            ],
                            deployment.Source
                        )
                    );
                }
            }
        }
    }
}

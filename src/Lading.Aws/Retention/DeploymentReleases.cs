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
        var listed = await Task.WhenAll(
                region
                    .Services.Where(service => service.Controller == "ECS")
                    .Select(service => ListAsync(region, service, cancellationToken))
            )
            .ConfigureAwait(false);
        var revisions = await new ServiceFacts(region.Facts)
            .ReadRevisionsAsync(
                listed.SelectMany(each => each.Deployments).Select(deployment => deployment.Revision),
                cancellationToken
            )
            .ConfigureAwait(false);
        var byArn = revisions.ToDictionary(revision => revision.Arn, StringComparer.Ordinal);
        foreach (var (service, deployments) in listed)
        {
            for (var index = 0; index < deployments.Count; index++)
            {
                if (byArn.GetValueOrDefault(deployments[index].Revision) is { } revision)
                {
                    region.Add(ReleaseOf(region, service, revision, deployments[index], deployments.Count - index));
                }
            }
        }
    }

    private async Task<(ServiceEvidence Service, IReadOnlyList<SuccessfulDeployment> Deployments)> ListAsync(
        RegionFacts region,
        ServiceEvidence service,
        CancellationToken cancellationToken
    )
    {
        var found = await region
            .Facts.FindAsync(
                new ListSuccessfulDeployments(service.ClusterArn, service.Arn),
                service.Arn,
                cancellationToken
            )
            .ConfigureAwait(false);
        return (service, [.. (found ?? []).Where(deployment => deployment.Revision.Length > 0).Take(most)]);
    }

    private static StackRelease ReleaseOf(
        RegionFacts region,
        ServiceEvidence service,
        RevisionEvidence revision,
        SuccessfulDeployment deployment,
        long number
    ) =>
        new(
            $"{region.Account}/{region.Region}",
            $"service {ServiceUses.NameOf(service)}",
            number,
            deployment.CreatedAt,
            [.. revision.Images.SelectMany(image => TaskUses.ImagesOf(image.Image, image.Digest)).Distinct()],
            revision.Source
        );
}

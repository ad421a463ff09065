using Lading.Aws.Ecs;
using Lading.Aws.Running;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Aws.Retention;

/// <summary>Releases as ECS remembers them for 90 days: what services were deployed with, in apps that write no record too.</summary>
/// <param name="most">How many of each service are looked at, the newest first.</param>
/// <param name="recent">For how long all of them are looked at.</param>
internal sealed class DeploymentReleases(int most, TimeSpan recent) : IUseReader
{
    public UseStage Stage => UseStage.Services;

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
        var since = region.Facts.Now - recent;
        var found = new List<SuccessfulDeployment>();
        string? next = null;
        do
        {
            var page = await region
                .Facts.FindAsync(
                    new ListSuccessfulDeployments(service.ClusterArn, service.Arn, next),
                    service.Arn,
                    cancellationToken
                )
                .ConfigureAwait(false);
            found.AddRange((page?.Items ?? []).Where(deployment => deployment.Revision.Length > 0));
            next = page?.Next;
        } while (next is not null && (found.Count < most || found[^1].CreatedAt >= since));
        // The first one before the recent ones was current when they began.
        var enough = Math.Max(most, found.Count(deployment => deployment.CreatedAt >= since) + 1);
        return (service, [.. found.Take(enough)]);
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
        )
        {
            Place = $"{region.Account}/{region.Region}",
        };
}

using Lading.Aws.Ecs;
using Lading.Aws.Running;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Aws.Retention;

/// <summary>
/// Reads releases in the 90 days of ECS's history: the images that services were deployed with, also in apps without
/// records.
/// </summary>
/// <param name="most">The number of distinct releases to read for each service, the newest first.</param>
/// <param name="recent">The period in which all releases are read.</param>
internal sealed class DeploymentReleases(int most, TimeSpan recent) : IUseReader
{
    public UseStage Stage => UseStage.Services;

    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var since = region.Facts.Now - recent;
        var all = region
            .Services.Where(service => service.Controller == "ECS")
            .Select(service => new PastDeployments(service, most, since))
            .ToList();
        var services = new ServiceFacts(region.Facts);
        for (var more = all; more.Count > 0; more = [.. more.Where(each => each.GoesOn)])
        {
            var wanted = await Task.WhenAll(
                    more.Select(each =>
                        each.NextAsync(next => ListAsync(region, each.Service, next, cancellationToken))
                    )
                )
                .ConfigureAwait(false);
            var revisions = await services
                .ReadRevisionsAsync(
                    wanted.SelectMany(deployments => deployments).Select(deployment => deployment.Revision),
                    cancellationToken
                )
                .ConfigureAwait(false);
            var byArn = revisions.ToDictionary(revision => revision.Arn, StringComparer.Ordinal);
            foreach (var (past, deployments) in more.Zip(wanted))
            {
                past.Add(deployments.Select(each => (each, byArn.GetValueOrDefault(each.Revision))));
            }
        }

        foreach (var past in all)
        {
            var number = past.Read.Count();
            foreach (var (deployment, revision) in past.Read)
            {
                region.Add(ReleaseOf(region, past.Service, revision, deployment, number--));
            }
        }
    }

    private static Task<AwsPage<SuccessfulDeployment>?> ListAsync(
        RegionFacts region,
        ServiceEvidence service,
        string? next,
        CancellationToken cancellationToken
    ) =>
        region.Facts.FindAsync(
            new ListSuccessfulDeployments(service.ClusterArn, service.Arn, next),
            service.Arn,
            cancellationToken
        );

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
            [.. PastDeployments.ImagesOf(revision)],
            revision.Source
        )
        {
            Place = $"{region.Account}/{region.Region}",
        };
}

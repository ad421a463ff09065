using Lading.Aws.AppRunner;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;

namespace Lading.Aws.Retention;

/// <summary>Reads App Runner services, including paused ones.</summary>
internal sealed class AppRunnerUses : IUseReader
{
    /// <summary>
    /// The regions with App Runner (AWS General Reference, "AWS App Runner endpoints and quotas"). Other regions are
    /// read too, since it may become available there.
    /// </summary>
    private static readonly string[] Regions =
    [
        "ap-northeast-1",
        "ap-south-1",
        "ap-southeast-1",
        "ap-southeast-2",
        "eu-central-1",
        "eu-west-1",
        "eu-west-2",
        "eu-west-3",
        "us-east-1",
        "us-east-2",
        "us-west-2",
    ];

    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var listed = new List<string>();
        try
        {
            await foreach (
                var arn in region
                    .Facts.Session.ListAsync(next => new ListAppRunnerServices(next), cancellationToken)
                    .ConfigureAwait(false)
            )
            {
                listed.Add(arn);
            }
        }
        catch (LadingException e) when (IsUnknownHost(e) && !Regions.Contains(region.Region, StringComparer.Ordinal))
        {
            // App Runner is not available in the region.
        }
        catch (LadingException e)
        {
            region.Facts.Note(new ListAppRunnerServices(null), "", e);
        }

        await Task.WhenAll(listed.Select(arn => ReadAsync(region, arn, cancellationToken))).ConfigureAwait(false);
    }

    private static bool IsUnknownHost(LadingException failure) =>
        failure.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError };

    private static async Task ReadAsync(RegionFacts region, string arn, CancellationToken cancellationToken)
    {
        var found = await region
            .Facts.FindAsync(new DescribeAppRunner(arn), arn, cancellationToken)
            .ConfigureAwait(false);
        if (found is not null)
        {
            region.Uses.Count(1, "App Runner service");
            region.Uses.Add(
                UseKind.OtherWorkload,
                ImageMentions.In(found.Texts),
                $"service {found.Name} of App Runner runs it",
                region.Origin("apprunner:DescribeService", found.Name)
            );
        }
    }
}

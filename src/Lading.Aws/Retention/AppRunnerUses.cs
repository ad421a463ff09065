using Lading.Aws.AppRunner;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;

namespace Lading.Aws.Retention;

/// <summary>Services of App Runner, those that are paused too.</summary>
internal sealed class AppRunnerUses : IUseReader
{
    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var listed = await region
            .Facts.ListAsync(next => new ListAppRunnerServices(next), "", cancellationToken)
            .ConfigureAwait(false);
        await Task.WhenAll(listed.Select(arn => ReadAsync(region, arn, cancellationToken))).ConfigureAwait(false);
    }

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

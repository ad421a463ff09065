using Lading.Aws.Batch;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;

namespace Lading.Aws.Retention;

/// <summary>Reads the active job definitions of Batch.</summary>
internal sealed class JobUses : IUseReader
{
    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var jobs = await region
            .Facts.ListAsync(next => new ListJobDefinitions(next), "", cancellationToken)
            .ConfigureAwait(false);
        region.Uses.Count(jobs.Count, "job definition");
        foreach (var job in jobs)
        {
            region.Uses.Add(
                UseKind.OtherWorkload,
                ImageMentions.In(job.Texts),
                $"job definition {job.Name} runs it",
                region.Origin("batch:DescribeJobDefinitions", job.Name)
            );
        }
    }
}

using Lading.Aws.Batch;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;

namespace Lading.Aws.Retention;

/// <summary>
/// Reads the unfinished jobs of Batch: each keeps the image it was submitted with, even if its definition has changed.
/// </summary>
internal sealed class QueuedJobUses : IUseReader
{
    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var queues = await region
            .Facts.ListAsync(next => new ListJobQueues(next), "", cancellationToken)
            .ConfigureAwait(false);
        await Task.WhenAll(queues.Select(queue => ReadAsync(region, queue, cancellationToken))).ConfigureAwait(false);
    }

    private static async Task ReadAsync(RegionFacts region, string queue, CancellationToken cancellationToken)
    {
        var facts = region.Facts;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var status in ListJobs.Unfinished)
        {
            ids.UnionWith(
                await facts
                    .ListAsync(next => new ListJobs(queue, status, next), queue, cancellationToken)
                    .ConfigureAwait(false)
            );
        }

        var jobs = await Task.WhenAll(
                ids.Chunk(DescribeJobs.Most)
                    .Select(chunk => facts.FindAsync(new DescribeJobs(chunk), queue, cancellationToken))
            )
            .ConfigureAwait(false);
        foreach (var job in jobs.SelectMany(each => each ?? []))
        {
            region.Uses.Count(1, "job");
            region.Uses.Add(
                UseKind.OtherWorkload,
                ImageMentions.In(job.Texts),
                $"job {job.Name} runs it, or waits to",
                region.Origin("batch:DescribeJobs", job.Name)
            );
        }
    }
}

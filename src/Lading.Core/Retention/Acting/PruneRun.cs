using System.Collections.Concurrent;
using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>
/// Carries out a plan: overrides the marks of images that came into use, removes images whose grace period is over, and
/// marks those that may be deleted. Before each batch of removals the evidence is read again, and may keep more.
/// </summary>
/// <param name="registry">The registry of the environment.</param>
/// <param name="evidence">Reads the evidence again.</param>
/// <param name="policy">What is kept in addition to images in use.</param>
/// <param name="request">How images are removed.</param>
/// <param name="time">The clock.</param>
/// <param name="progress">Receives each step.</param>
internal sealed class PruneRun(
    IPrunedRegistry registry,
    IRetentionEvidence evidence,
    RetentionPolicy policy,
    PruneRequest request,
    TimeProvider time,
    IPruneProgress progress
)
{
    /// <summary>Concurrent calls. ECR sustains some 20 a second; throttled calls are retried.</summary>
    private const int Parallelism = 8;

    /// <summary>The clock skew that AWS accepts in signatures.</summary>
    private static readonly TimeSpan ToleratedSkew = TimeSpan.FromMinutes(5);

    private RetentionPlan latest = new([]);
    private readonly DateOnly today = UtcDay.Of(time.GetUtcNow());

    /// <summary>Carries out a plan.</summary>
    /// <param name="plan">The plan that was shown and confirmed.</param>
    /// <param name="cancellationToken">Stops it between two calls; the next run continues.</param>
    /// <exception cref="LadingException">The log could not be written: nothing was deleted.</exception>
    public async Task<PruneOutcome> RunAsync(RetentionPlan plan, CancellationToken cancellationToken)
    {
        await EnsureClockAsync(cancellationToken).ConfigureAwait(false);
        latest = plan;
        var marking = MarkingOf(plan);
        var failures = new ConcurrentBag<PruneFailure>();
        var marks = new ImageMarks(registry, today, failures);
        var kept = await marks
            .KeepAsync(Of(marking, each => each.ToKeep), progress, cancellationToken)
            .ConfigureAwait(false);
        var outcome = await RemoveAsync(marking, cancellationToken).ConfigureAwait(false);
        var marked = outcome.Stopped is null
            ? await marks
                .ExpireAsync(Agreed(marking, MarkingOf(latest)), progress, cancellationToken)
                .ConfigureAwait(false)
            : [];
        return outcome with
        {
            KeptAgain = kept,
            Marked = marked,
            Failures = [.. outcome.Failures, .. failures],
            Waiting = [.. marking.Repositories.SelectMany(each => each.Waiting)],
        };
    }

    private async Task<PruneOutcome> RemoveAsync(MarkingPlan marking, CancellationToken cancellationToken)
    {
        var batches = RemovalBatches.Of(marking.Repositories);
        var unnameable = Of(marking, each => each.ToDelete)
            .Where(one => !RemovalCall.CanName(one.Image))
            .Select(one => new PruneFailure(
                new PrunedImage(one.Repository, one.Image.Digest),
                request.Archives ? "archive" : "delete",
                "it has a tag longer than 128 characters: remove that tag first"
            ));
        var outcome = new PruneOutcome { Archives = request.Archives, Failures = [.. unnameable] };
        if (batches.Count == 0)
        {
            return outcome;
        }

        var run = new AuditedRun(
            await registry.GetCallerAsync(cancellationToken).ConfigureAwait(false),
            time.GetUtcNow(),
            request.Environment,
            request.Archives
        );
        using var audit = AuditLog.Create(request.AuditFolder, request.Environment, run.When);
        var calls = batches.SelectMany(batch => batch).ToList();
        var intents = calls.ToLookup(call => call.Repository.Name, call => AuditLog.IntentOf(run, call));
        audit.Write(string.Concat(intents.SelectMany(lines => lines)));
        var artifacts = await StoreLogsAsync(run.When, intents, cancellationToken).ConfigureAwait(false);
        var removal = new ImageRemoval(registry, request.Archives, audit, time);
        var total = calls.Sum(call => call.Images.Count);
        string? stopped = null;
        foreach (var batch in batches)
        {
            stopped = await RemoveAsync(batch, removal, total, cancellationToken).ConfigureAwait(false);
            if (stopped is not null)
            {
                break;
            }
        }

        return outcome with
        {
            Removed = [.. removal.Removed],
            Spared = [.. removal.Spared],
            Failures = [.. outcome.Failures, .. removal.Failures],
            AuditPath = audit.Path,
            AuditArtifacts = artifacts,
            Freed = request.Archives
                ? new FreedSpace(0, 0)
                : FreedSpace.Of(marking.Repositories.Select(each => each.Repository), removal.Removed),
            Stopped = stopped,
        };
    }

    /// <summary>Stores in each repository the log of what will be deleted from it.</summary>
    private async Task<IReadOnlyList<string>> StoreLogsAsync(
        DateTimeOffset when,
        ILookup<RepositoryName, string> intents,
        CancellationToken cancellationToken
    )
    {
        var written = new List<string>();
        foreach (var repository in intents)
        {
            var tag = await AuditArtifact
                .PutAsync(registry.Open(repository.Key), string.Concat(repository), when, cancellationToken)
                .ConfigureAwait(false);
            written.Add($"{repository.Key}:{tag}");
        }

        return written;
    }

    /// <summary>Removes the images of a batch that may still be removed.</summary>
    /// <returns>Why the run must stop; null if it may continue.</returns>
    private async Task<string?> RemoveAsync(
        IReadOnlyList<RemovalCall> batch,
        ImageRemoval removal,
        int total,
        CancellationToken cancellationToken
    )
    {
        progress.ReadingAgain();
        RetentionPlan plan;
        try
        {
            plan = RetentionRules.Decide(await evidence.ReadAsync(cancellationToken).ConfigureAwait(false), policy);
        }
        catch (LadingException e)
        {
            return e.Message;
        }

        latest = plan;
        if (plan.Stops is [var stop, ..])
        {
            return stop.Reason;
        }

        var deletable = MarkingOf(plan)
            .Repositories.ToDictionary(
                each => each.Repository.ToString(),
                each => each.ToDelete.Where(RemovalCall.CanName).ToDictionary(image => image.Digest),
                StringComparer.Ordinal
            );
        await Parallel
            .ForEachAsync(
                batch,
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                async (call, token) =>
                {
                    var going = deletable.GetValueOrDefault(call.Repository.ToString()) ?? [];
                    foreach (var image in call.Images.Where(image => !going.ContainsKey(image.Digest)))
                    {
                        removal.Spare(call.Repository, image.Digest, "it came into use, or can no longer be told");
                    }

                    // With the tags that they have now.
                    var images = call.Images.Select(image => going.GetValueOrDefault(image.Digest));
                    await removal
                        .RunAsync(call with { Images = [.. images.OfType<StoredImage>()] }, token)
                        .ConfigureAwait(false);
                    progress.Removed(removal.Removed.Count, total);
                }
            )
            .ConfigureAwait(false);
        return null;
    }

    /// <summary>The grace period is measured with this machine's clock: a wrong one could end it early.</summary>
    private async Task EnsureClockAsync(CancellationToken cancellationToken)
    {
        if (
            await registry.GetClockLeadAsync(cancellationToken).ConfigureAwait(false) is { } lead
            && lead.Duration() > ToleratedSkew
        )
        {
            throw new LadingException(
                $"Could not clean up {request.Environment}",
                FormattableString.Invariant(
                    $"this machine's clock is {lead.Duration().TotalMinutes:0} minutes {(lead > TimeSpan.Zero ? "ahead of" : "behind")} AWS's, and marks are as old as it says"
                ),
                "Nothing was changed. Set the clock, and run it again.",
                FailureKind.CheckFailed
            );
        }
    }

    /// <summary>The images that were shown as to be marked, and still are by the latest evidence.</summary>
    private static List<(StoredRepository Repository, StoredImage Image)> Agreed(MarkingPlan shown, MarkingPlan now)
    {
        var deletable = Of(now, each => each.ToMark)
            .Select(one => (one.Repository.ToString(), one.Image.Digest))
            .ToHashSet();
        return
        [
            .. Of(shown, each => each.ToMark)
                .Where(one => deletable.Contains((one.Repository.ToString(), one.Image.Digest))),
        ];
    }

    private MarkingPlan MarkingOf(RetentionPlan plan) =>
        MarkingPlan.Of(
            plan with
            {
                Repositories = [.. plan.Repositories.Where(each => each.Repository.Host == request.Host)],
            },
            today,
            request.Grace
        );

    private static List<(StoredRepository Repository, StoredImage Image)> Of(
        MarkingPlan marking,
        Func<RepositoryMarking, IReadOnlyList<StoredImage>> images
    ) => [.. marking.Repositories.SelectMany(each => images(each).Select(image => (each.Repository, image)))];
}

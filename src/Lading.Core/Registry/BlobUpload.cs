using Lading.Http;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>
/// Stores one blob in a repository: looks it up, mounts it, or sends it. An interrupted upload continues from the registry's offset, if
/// the registry can return it, or starts again.
/// </summary>
/// <param name="transport">The registry.</param>
/// <param name="repository">The target repository.</param>
/// <param name="blob">The blob.</param>
/// <param name="progress">Receives the number of bytes as they move; null for none.</param>
internal sealed class BlobUpload(
    RegistryTransport transport,
    RepositoryName repository,
    ReadableBlob blob,
    IProgress<long>? progress
)
{
    private readonly Digest digest = blob.Descriptor.Digest;
    private readonly ActivityClock movement = new(progress, transport.Schedule.Time);

    public async Task<BlobOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var isUnknown = blob.Presence == BlobPresence.Unknown;
        var mountSource =
            blob.Origin is { } source && source != repository && blob.Presence != BlobPresence.Doubtful
                ? blob.Origin
                : null;
        // Mounting also shows whether the blob exists: where it is likely to work, it replaces the lookup.
        if (mountSource is null && isUnknown && await ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return BlobOutcome.AlreadyThere;
        }

        // Blobs for a new repository are sent without looking them up; one of an interrupted push is found by mounting it from the
        // repository itself.
        var from = mountSource ?? (blob.Presence == BlobPresence.Unlikely ? repository : (RepositoryName?)null);
        var session = await StartAsync(from, cancellationToken).ConfigureAwait(false);
        if (session.IsMounted)
        {
            return mountSource is null ? BlobOutcome.AlreadyThere : BlobOutcome.Mounted;
        }

        if (mountSource is not null && isUnknown && await ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return BlobOutcome.AlreadyThere;
        }

        await SendAsync(session.Location!, cancellationToken).ConfigureAwait(false);
        return BlobOutcome.Sent;
    }

    private async Task SendAsync(Uri location, CancellationToken cancellationToken)
    {
        var time = transport.Schedule.Time;
        var tally = new AttemptTally();
        long offset = 0;
        while (true)
        {
            var upload = new FinishUpload(repository, blob, location, movement)
            {
                Offset = offset,
                IsCautious = tally.Tried > 0,
            };
            var started = time.GetTimestamp();
            FailedAttempt failed;
            try
            {
                await transport.SendAsync(upload, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (FailedAttemptException e)
            {
                // A failed continuation says nothing about a new start.
                failed = offset > 0 ? e.Failed with { Tries = transport.Schedule.Tries } : e.Failed;
            }

            // The time in which bytes move is not a sign of failure: only the rest counts.
            tally.Spent += movement.SinceLast(started);
            tally.Add(failed, transport.Schedule);
            var waiting = time.GetTimestamp();
            await transport.RecoverAsync(upload.Attempted, failed, tally, cancellationToken).ConfigureAwait(false);
            tally.Spent += time.GetElapsedTime(waiting);
            // The blob may have arrived, and only its response been lost.
            if (await ExistsAsync(cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            // An upload is not continued after a refusal, or after wrong content was sent.
            var mayContinue = failed is not RefusedAttempt and { Cause: not ContentMismatchException };
            (location, offset) = await RestartAsync(location, mayContinue, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The location and offset for the next attempt.</summary>
    private async Task<(Uri Location, long Offset)> RestartAsync(
        Uri location,
        bool mayContinue,
        CancellationToken cancellationToken
    )
    {
        if (mayContinue && blob.Descriptor.Size > FindUpload.FewestWorthKeeping)
        {
            var got = await transport
                .SendAsync(new FindUpload(repository, digest, location), cancellationToken)
                .ConfigureAwait(false);
            if (got?.Offset > FindUpload.FewestWorthKeeping && got.Offset < blob.Descriptor.Size)
            {
                return (got.Location, got.Offset);
            }
        }

        return ((await StartAsync(null, cancellationToken).ConfigureAwait(false)).Location!, 0);
    }

    private async Task<bool> ExistsAsync(CancellationToken cancellationToken) =>
        blob.Presence != BlobPresence.Doubtful
        && await transport
            .SendAsync(new FindBlob(repository, digest, IsBeforePush: true), cancellationToken)
            .ConfigureAwait(false)
            is not null;

    private async Task<UploadSession> StartAsync(RepositoryName? mountSource, CancellationToken cancellationToken)
    {
        var session = await transport
            .SendAsync(new StartUpload(repository, digest, mountSource), cancellationToken)
            .ConfigureAwait(false);
        return session.IsRefused
            ? await transport
                .SendAsync(new StartUpload(repository, digest, null), cancellationToken)
                .ConfigureAwait(false)
            : session;
    }
}

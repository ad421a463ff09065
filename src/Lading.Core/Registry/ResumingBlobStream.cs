using Lading.Http;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>A blob from a registry. After an interruption it continues from its offset; the reader verifies it.</summary>
internal sealed class ResumingBlobStream(
    RegistryTransport transport,
    RepositoryName repository,
    Descriptor blob,
    BlobPart first
) : ReadOnlyStream
{
    /// <summary>A connection that delivered this many bytes before it broke resets the number of attempts.</summary>
    private const long Progress = 1024 * 1024;

    private readonly string attempted = $"Could not read blob {blob.Digest} of {repository}";
    private Stream? part = first.Stream;
    private long position;
    private long resumedAt;
    private AttemptTally tally = new();

    public override long Length => blob.Size;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    /// <exception cref="LadingException">It was interrupted too often, or no longer exists.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var started = transport.Schedule.Time.GetTimestamp();
            Exception? cause = null;
            try
            {
                part ??= await ReopenAsync(cancellationToken).ConfigureAwait(false);
                var read = await part.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (read > 0 || position >= blob.Size || buffer.IsEmpty)
                {
                    position += read;
                    return read;
                }
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                cause = e;
            }

            await RecoverAsync(started, cause, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            part?.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task RecoverAsync(long started, Exception? cause, CancellationToken cancellationToken)
    {
        await CloseAsync().ConfigureAwait(false);
        if (position - resumedAt >= Progress)
        {
            tally = new AttemptTally();
        }

        resumedAt = position;
        var schedule = transport.Schedule;
        var why = cause is null ? "" : $" ({ConnectionWords.Of(cause, schedule.Inactivity)})";
        var failed = new FailedAttempt(
            $"the connection ended after {position} of {blob.Size} bytes{why}",
            schedule.Tries
        )
        {
            Cause = cause,
        };
        tally.Add(failed, schedule);
        tally.Spent += schedule.Time.GetElapsedTime(started);
        var waiting = schedule.Time.GetTimestamp();
        await transport.RecoverAsync(attempted, failed, tally, cancellationToken).ConfigureAwait(false);
        tally.Spent += schedule.Time.GetElapsedTime(waiting);
    }

    private async Task<Stream> ReopenAsync(CancellationToken cancellationToken)
    {
        var reopened = await OpenAsync(position, cancellationToken).ConfigureAwait(false);
        if (reopened.IsUnusable)
        {
            reopened = await OpenAsync(0, cancellationToken).ConfigureAwait(false);
        }

        await SkipAsync(reopened, cancellationToken).ConfigureAwait(false);
        return reopened.Stream;
    }

    private Task<BlobPart> OpenAsync(long offset, CancellationToken cancellationToken) =>
        transport.SendAsync(new GetBlob(repository, blob, offset), cancellationToken);

    /// <summary>A registry that ignores ranges sends everything again: the part that was read already is skipped.</summary>
    private async Task SkipAsync(BlobPart reopened, CancellationToken cancellationToken)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            var skip = position - reopened.Start;
            while (skip > 0)
            {
                var next = buffer.AsMemory(0, (int)Math.Min(buffer.Length, skip));
                var read = await reopened.Stream.ReadAsync(next, cancellationToken).ConfigureAwait(false);
                skip -= read > 0 ? read : throw new IOException("it ended early");
            }
        }
        catch
        {
            await reopened.Stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask CloseAsync()
    {
        if (part is { } open)
        {
            part = null;
            await open.DisposeAsync().ConfigureAwait(false);
        }
    }
}

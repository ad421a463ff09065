using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>A blob as it comes from a registry. Where a connection breaks or stalls it goes on from where it was; who reads verifies.</summary>
internal sealed class ResumingBlobStream(
    RegistryTransport transport,
    RepositoryName repository,
    Descriptor blob,
    BlobPart first
) : Stream
{
    private BlobPart? part = first;
    private long position;
    private int resumed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => blob.Size;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Exception? cause = null;
            try
            {
                part ??= await ReopenAsync(cancellationToken).ConfigureAwait(false);
                var read = await ReadPartAsync(part, buffer, cancellationToken).ConfigureAwait(false);
                if (read > 0 || position >= blob.Size || buffer.IsEmpty)
                {
                    position += read;
                    return read;
                }
            }
            catch (Exception e)
                when (e is IOException or HttpRequestException or OperationCanceledException
                    && !cancellationToken.IsCancellationRequested
                )
            {
                cause = e;
            }

            await DropAsync().ConfigureAwait(false);
            resumed++;
            if (resumed >= transport.Schedule.Tries)
            {
                throw RegistryFailure.AfterTries(
                    $"Could not read blob {blob.Digest} of {repository}",
                    transport.Address,
                    $"the connection ended after {position} of {blob.Size} bytes",
                    resumed,
                    TimeSpan.Zero,
                    cause
                );
            }

            await Task.Delay(transport.Schedule.WaitAfter(resumed, null), transport.Schedule.Time, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await DropAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && part is { } open)
        {
            open.Stream.Dispose();
            open.Response.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<BlobPart> ReopenAsync(CancellationToken cancellationToken)
    {
        var reopened =
            await transport
                .SendAsync(new GetBlob(repository, blob.Digest, position), cancellationToken)
                .ConfigureAwait(false)
            ?? throw new LadingException(
                $"Could not read blob {blob.Digest} of {repository}",
                "it is not there any more"
            );

        // A registry that ignores ranges sends it all again: what was read already is read over.
        var skip = position - reopened.Start;
        var buffer = new byte[64 * 1024];
        while (skip > 0)
        {
            var read = await ReadPartAsync(
                    reopened,
                    buffer.AsMemory(0, (int)Math.Min(buffer.Length, skip)),
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (read == 0)
            {
                throw new IOException("the connection ended");
            }

            skip -= read;
        }

        return reopened;
    }

    private async ValueTask<int> ReadPartAsync(BlobPart from, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var inactivity = new InactivityTimer(
            transport.Schedule.Inactivity,
            transport.Schedule.Time,
            cancellationToken
        );
        return await from.Stream.ReadAsync(buffer, inactivity.Token).ConfigureAwait(false);
    }

    private async ValueTask DropAsync()
    {
        if (part is { } open)
        {
            part = null;
            await open.DisposeAsync().ConfigureAwait(false);
        }
    }
}

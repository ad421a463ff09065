using System.Buffers;
using System.Net;
using System.Runtime.ExceptionServices;
using Lading.Oci;

namespace Lading.Registry.Transport;

/// <summary>A blob, or its part from an offset, as the body of a request: opened when it is sent, verified while it streams.</summary>
internal sealed class BlobContent : HttpContent
{
    private const int BufferSize = 128 * 1024;

    /// <summary>For a smaller blob, handing pieces to another thread costs more than it saves.</summary>
    private const long ReadAheadFrom = 4 * 1024 * 1024;
    private readonly ReadableBlob blob;
    private readonly IProgress<long>? progress;
    private readonly long offset;
    private ExceptionDispatchInfo? sourceFailure;
    private long sent;

    public BlobContent(ReadableBlob blob, long offset, IProgress<long>? progress)
    {
        this.offset = offset;
        this.blob = blob;
        this.progress = progress;
        Headers.TryAddWithoutValidation("Content-Type", "application/octet-stream");
        Headers.ContentLength = blob.Descriptor.Size - offset;
    }

    /// <summary>Called whenever bytes are sent, which distinguishes a stalled connection from a slow one.</summary>
    public Action? Sending { get; set; }

    /// <summary>Called whenever it waits for the source, which has its own time limit.</summary>
    public Action? Reading { get; set; }

    /// <summary>Called when the last byte has been sent.</summary>
    public Action<long>? Finished { get; set; }

    /// <summary>Throws if reading the blob failed: sending it again would not help.</summary>
    public void ThrowIfSourceFailed() => sourceFailure?.Throw();

    /// <summary>Reverts the reported progress: the next attempt starts again.</summary>
    public void RevertProgress()
    {
        progress?.Report(-sent);
        sent = 0;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        RevertProgress();
        var (buffer, other) = (ArrayPool<byte>.Shared.Rent(BufferSize), ArrayPool<byte>.Shared.Rent(BufferSize));
        try
        {
            var source = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (source.ConfigureAwait(false))
            {
                // The part that the registry already has is read anyway: the digest covers the whole.
                var skip = offset;
#pragma warning disable CA2025 // Neither the source nor its memory is given back while it is read: 'finally' waits.
                var ahead = ReadAheadAsync(source, buffer, cancellationToken);
                try
                {
                    while (true)
                    {
                        if (!ahead.IsCompleted)
                        {
                            // Only then does the connection wait for the source.
                            Reading?.Invoke();
                        }

                        var read = await ahead.ConfigureAwait(false);
                        if (read == 0)
                        {
                            break;
                        }

                        Sending?.Invoke();
                        ahead = ReadAheadAsync(source, other, cancellationToken);
                        var from = (int)Math.Min(skip, read);
                        skip -= from;
                        await stream
                            .WriteAsync(buffer.AsMemory(from, read - from), cancellationToken)
                            .ConfigureAwait(false);
                        (buffer, other) = (other, buffer);
                        sent += read;
                        progress?.Report(read);
                    }
                }
                finally
                {
                    await ((Task)ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
#pragma warning restore CA2025
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            ArrayPool<byte>.Shared.Return(other);
        }

        Finished?.Invoke(sent - offset);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = blob.Descriptor.Size - offset;
        return true;
    }

    private async Task<VerifyingStream> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            Reading?.Invoke();
            var opened = await blob.Open(cancellationToken).ConfigureAwait(false);
            return VerifyingStream.Around(opened, blob.Descriptor, "the content to send");
        }
        catch (Exception e) when (IsSourceFailure(e, cancellationToken))
        {
            sourceFailure = ExceptionDispatchInfo.Capture(e);
            throw;
        }
    }

    /// <summary>Reads and verifies the next bytes of a large blob on another processor, while the previous ones are being sent.</summary>
    private Task<int> ReadAheadAsync(VerifyingStream source, byte[] buffer, CancellationToken cancellationToken) =>
        blob.Descriptor.Size >= ReadAheadFrom
            ? Task.Run(() => ReadAsync(source, buffer, cancellationToken), CancellationToken.None)
            : ReadAsync(source, buffer, cancellationToken);

    private async Task<int> ReadAsync(VerifyingStream source, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(buffer.AsMemory(0, BufferSize), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsSourceFailure(e, cancellationToken))
        {
            sourceFailure = ExceptionDispatchInfo.Capture(e);
            throw;
        }
    }

    private static bool IsSourceFailure(Exception e, CancellationToken cancellationToken) =>
        e is not OperationCanceledException || !cancellationToken.IsCancellationRequested;
}

using System.Buffers;
using System.Net;
using Lading.Oci;

namespace Lading.Registry.Transport;

/// <summary>A blob as the body of a request: opened when it is sent, verified while it streams.</summary>
internal sealed class BlobContent : HttpContent
{
    private const int BufferSize = 128 * 1024;
    private readonly BlobSource blob;
    private readonly IProgress<long>? progress;

    public BlobContent(BlobSource blob, IProgress<long>? progress)
    {
        this.blob = blob;
        this.progress = progress;
        Headers.TryAddWithoutValidation("Content-Type", "application/octet-stream");
        Headers.ContentLength = blob.Descriptor.Size;
    }

    /// <summary>Told whenever bytes have gone out, so that a stalled connection can be told from a slow one.</summary>
    public Action? Moved { get; set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        var sent = 0L;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var opened = await blob.Open(cancellationToken).ConfigureAwait(false);
            var source = new VerifyingStream(opened, blob.Descriptor, "what is to be sent");
            await using (source.ConfigureAwait(false))
            {
                int read;
                while ((read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                    sent += read;
                    progress?.Report(read);
                    Moved?.Invoke();
                }
            }
        }
        catch
        {
            // The next try starts from nothing.
            progress?.Report(-sent);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = blob.Descriptor.Size;
        return true;
    }
}

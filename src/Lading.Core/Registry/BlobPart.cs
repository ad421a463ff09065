namespace Lading.Registry;

/// <summary>A blob as it arrives.</summary>
/// <param name="Response">Disposed of with the stream.</param>
/// <param name="Stream">The bytes.</param>
/// <param name="Start">The offset of the first one: 0 also where a range was asked for and the registry ignored it.</param>
internal sealed record BlobPart(HttpResponseMessage Response, Stream Stream, long Start) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync().ConfigureAwait(false);
        Response.Dispose();
    }
}

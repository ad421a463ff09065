using System.Net;
using System.Net.Http.Headers;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>GET of a blob, or of its part from an offset (distribution-spec 1.1, end-2).</summary>
internal sealed record GetBlob(RepositoryName Repository, Descriptor Blob, long Offset = 0) : IRegistryRequest<BlobPart>
{
    public string Attempted => $"Could not read blob {Blob.Digest} of {Repository}";

    public ScopeSet Scope => new RegistryScope(Repository, Push: false);

    public bool MovesBlob => true;

    public HttpRequestMessage CreateMessage(Uri root)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, new Uri(root, $"v2/{Repository}/blobs/{Blob.Digest}"));
        if (Offset > 0)
        {
            message.Headers.Range = new RangeHeaderValue(Offset, null);
        }

        return message;
    }

    public bool IsAnswer(HttpStatusCode status) =>
        status is HttpStatusCode.OK or HttpStatusCode.PartialContent
        || (Offset > 0 && status == HttpStatusCode.RequestedRangeNotSatisfiable);

    /// <exception cref="ContentMismatchException">The announced size is not the blob's.</exception>
    public async Task<BlobPart> ReadAsync(RegistryAnswer answer, CancellationToken cancellationToken)
    {
        var isPart = answer.Status == HttpStatusCode.PartialContent;
        if (
            answer.Status == HttpStatusCode.RequestedRangeNotSatisfiable
            || (isPart && !IsRequestedRange(answer.BodyHeaders.ContentRange))
        )
        {
            return BlobPart.Unusable;
        }

        var start = isPart ? Offset : 0;
        return answer.BodyHeaders.ContentLength is { } length && start + length != Blob.Size
            ? throw new ContentMismatchException(
                Blob,
                "the registry",
                $"it would end after {start + length} of {Blob.Size} bytes"
            )
            : new BlobPart(await answer.OpenBodyAsync(cancellationToken).ConfigureAwait(false), start);
    }

    private bool IsRequestedRange(ContentRangeHeaderValue? range) =>
        range?.From == Offset && range.To == Blob.Size - 1 && (range.Length ?? Blob.Size) == Blob.Size;
}

/// <summary>The response to a request for a blob.</summary>
/// <param name="Stream">The bytes; disposing of them ends the request.</param>
/// <param name="Start">The offset of the first one: 0 also if the registry ignored the requested range.</param>
internal sealed record BlobPart(Stream Stream, long Start)
{
    /// <summary>The registry supports ranges, but not the requested one: request all of it.</summary>
    public static BlobPart Unusable { get; } = new(Stream.Null, 0);

    public bool IsUnusable => ReferenceEquals(this, Unusable);
}

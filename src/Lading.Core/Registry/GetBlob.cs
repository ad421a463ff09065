using System.Net;
using System.Net.Http.Headers;
using Lading.Oci;

namespace Lading.Registry;

/// <summary>GET of a blob, or of what follows an offset (distribution-spec 1.1, end-2). The answer holds the response.</summary>
internal sealed record GetBlob(RepositoryName Repository, Digest Digest, long Offset = 0) : IRegistryRequest<BlobPart?>
{
    public string Attempted => $"Could not read blob {Digest} of {Repository}";

    public RegistryScope Scope => new(Repository, Push: false);

    public HttpRequestMessage CreateMessage(Uri root)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, new Uri(root, $"v2/{Repository}/blobs/{Digest}"));
        if (Offset > 0)
        {
            message.Headers.Range = new RangeHeaderValue(Offset, null);
        }

        return message;
    }

    public bool IsAnswer(HttpStatusCode status) =>
        status is HttpStatusCode.OK or HttpStatusCode.PartialContent or HttpStatusCode.NotFound;

    public async Task<BlobPart?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        var start = 0L;
        if (response.StatusCode == HttpStatusCode.PartialContent)
        {
            start = response.Content.Headers.ContentRange?.From ?? -1;
            if (start != Offset)
            {
                throw new IOException($"the registry answered a range from {start} instead of {Offset}");
            }
        }

        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return new BlobPart(response, stream, start);
    }
}

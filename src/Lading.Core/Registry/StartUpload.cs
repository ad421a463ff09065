using System.Net;
using Lading.Oci;

namespace Lading.Registry;

/// <summary>POST that opens an upload, or mounts the blob from another repository (distribution-spec 1.1, end-4a and end-11).</summary>
/// <param name="Repository">Where the blob goes.</param>
/// <param name="Digest">The blob.</param>
/// <param name="Origin">The repository to mount it from; null for a plain upload.</param>
internal sealed record StartUpload(RepositoryName Repository, Digest Digest, RepositoryName? Origin)
    : IRegistryRequest<UploadSession>
{
    public string Attempted => $"Could not start the upload of blob {Digest} to {Repository}";

    public RegistryScope Scope => new(Repository, Push: true);

    public HttpRequestMessage CreateMessage(Uri root)
    {
        var query = Origin is { } origin
            ? $"?mount={Uri.EscapeDataString(Digest.ToString())}&from={Uri.EscapeDataString(origin.Value)}"
            : "";
        return new HttpRequestMessage(HttpMethod.Post, new Uri(root, $"v2/{Repository}/blobs/uploads/{query}"))
        {
            Content = new ByteArrayContent([]),
        };
    }

    // A refused mount is an answer: the upload goes on without.
    public bool IsAnswer(HttpStatusCode status) =>
        status is HttpStatusCode.Accepted or HttpStatusCode.Created
        || (
            Origin is not null
            && status
                is HttpStatusCode.NotFound
                    or HttpStatusCode.MethodNotAllowed
                    or HttpStatusCode.InternalServerError
        );

    public Task<UploadSession> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.Created)
        {
            return Task.FromResult(UploadSession.Mounted);
        }

        if (response.StatusCode != HttpStatusCode.Accepted)
        {
            return Task.FromResult(UploadSession.Refused);
        }

        var location =
            response.Headers.Location
            ?? throw new LadingException(Attempted, "the registry accepted it without a Location");
        return Task.FromResult(new UploadSession(new Uri(response.RequestMessage!.RequestUri!, location)));
    }
}

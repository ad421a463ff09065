using System.Net;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>POST that opens an upload, or mounts the blob from another repository (distribution-spec 1.1, end-4a and end-11).</summary>
/// <param name="Repository">The repository of the blob.</param>
/// <param name="Digest">The blob.</param>
/// <param name="Origin">The repository to mount it from; null for a plain upload.</param>
internal sealed record StartUpload(RepositoryName Repository, Digest Digest, RepositoryName? Origin)
    : IRegistryRequest<UploadSession>
{
    public string Attempted => $"Could not start the upload of blob {Digest} to {Repository}";

    public ScopeSet Scope =>
        Origin is { } origin
            ? ScopeSet.Of(new RegistryScope(Repository, Push: true), new RegistryScope(origin, Push: false))
            : new RegistryScope(Repository, Push: true);

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

    // A refused mount is an answer: the upload continues without.
    public bool IsAnswer(HttpStatusCode status) =>
        status is HttpStatusCode.Accepted or HttpStatusCode.Created
        || (
            Origin is not null
            && status
                is HttpStatusCode.BadRequest
                    or HttpStatusCode.Unauthorized
                    or HttpStatusCode.Forbidden
                    or HttpStatusCode.NotFound
                    or HttpStatusCode.MethodNotAllowed
                    or HttpStatusCode.InternalServerError
        );

    public Task<UploadSession> ReadAsync(RegistryAnswer answer, CancellationToken cancellationToken) =>
        Task.FromResult(
            answer.Status switch
            {
                HttpStatusCode.Created => UploadSession.Mounted,
                HttpStatusCode.Accepted => new UploadSession(LocationOf(answer)),
                _ => UploadSession.Refused,
            }
        );

    private Uri LocationOf(RegistryAnswer answer) =>
        answer.Headers.Location is { } location
            ? new Uri(answer.Address, location)
            : throw new LadingException(
                $"{Attempted} at {answer.Address.Authority}",
                "the registry accepted it but did not say where to send the bytes (202 without Location)",
                "Check whether a proxy in front of the registry removes the header."
            );
}

/// <summary>The result of opening an upload.</summary>
/// <param name="Location">The location for the bytes; null if none are needed, or none are accepted.</param>
internal sealed record UploadSession(Uri? Location)
{
    /// <summary>The blob was mounted.</summary>
    public static UploadSession Mounted { get; } = new((Uri?)null);

    /// <summary>The registry does not mount: open an upload without it.</summary>
    public static UploadSession Refused { get; } = new((Uri?)null);

    public bool IsMounted => ReferenceEquals(this, Mounted);

    public bool IsRefused => ReferenceEquals(this, Refused);
}

using System.Net;
using System.Net.Http.Headers;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>PUT of a manifest under a tag or by digest (distribution-spec 1.1, end-7).</summary>
internal sealed record PutManifest(RepositoryName Repository, ManifestContent Manifest, Tag? Tag)
    : IRegistryRequest<PutManifestAnswer>
{
    private ManifestReference Reference => Tag is { } tag ? tag : Manifest.Digest;

    public string Attempted => $"Could not put manifest {Manifest.Digest} as {Reference} in {Repository}";

    public ScopeSet Scope => new RegistryScope(Repository, Push: true);

    public HttpRequestMessage CreateMessage(Uri root)
    {
        var content = new ReadOnlyMemoryContent(Manifest.Bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(Manifest.MediaType);
        return new HttpRequestMessage(HttpMethod.Put, new Uri(root, $"v2/{Repository}/manifests/{Reference}"))
        {
            Content = content,
        };
    }

    // A missing blob is 400 or 404; refusals of an existing tag differ: 400 TAG_INVALID (ECR), 409, 403, 405, 412.
    public bool IsAnswer(HttpStatusCode status) =>
        status
            is HttpStatusCode.Created
                or HttpStatusCode.OK
                or HttpStatusCode.Accepted
                or HttpStatusCode.BadRequest
                or HttpStatusCode.NotFound
        || (
            Tag is not null
            && status
                is HttpStatusCode.Conflict
                    or HttpStatusCode.Forbidden
                    or HttpStatusCode.MethodNotAllowed
                    or HttpStatusCode.PreconditionFailed
        );

    public async Task<PutManifestAnswer> ReadAsync(RegistryAnswer answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccess)
        {
            var error = await RegistryError.ReadAsync(answer, cancellationToken).ConfigureAwait(false);
            return new PutManifestAnswer(error);
        }

        return ContentDigest.Of(answer) is { } digest && digest != Manifest.Digest
            ? throw new LadingException(
                Attempted,
                $"the registry says that it stored {digest}",
                "Something in between changes what is sent, such as a proxy."
            )
            : new PutManifestAnswer(null, answer.Values("OCI-Subject").Any());
    }
}

/// <summary>The result of storing a manifest.</summary>
/// <param name="Refusal">Null if it was stored.</param>
/// <param name="IsListed">Whether the registry reported that it lists the manifest among the referrers of its subject.</param>
internal sealed record PutManifestAnswer(RegistryError? Refusal, bool IsListed = false);

using System.Net;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>DELETE of a tag, or of a manifest (distribution-spec 1.1, end-9): null on success, otherwise the registry's error.</summary>
internal sealed record DeleteManifest(RepositoryName Repository, ManifestReference Reference)
    : IRegistryRequest<RegistryError?>
{
    public string Attempted => $"Could not delete {Reference} of {Repository}";

    public ScopeSet Scope => ScopeSet.Parse($"repository:{Repository}:pull,push,delete");

    public HttpRequestMessage CreateMessage(Uri root) =>
        new(HttpMethod.Delete, new Uri(root, $"v2/{Repository}/manifests/{Reference}"));

    // A registry that cannot delete tags answers 400 or 405; its text decides the message.
    public bool IsAnswer(HttpStatusCode status) =>
        (int)status is >= 200 and < 300
        || status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed;

    public async Task<RegistryError?> ReadAsync(RegistryAnswer answer, CancellationToken cancellationToken) =>
        answer.IsSuccess ? null : await RegistryError.ReadAsync(answer, cancellationToken).ConfigureAwait(false);
}

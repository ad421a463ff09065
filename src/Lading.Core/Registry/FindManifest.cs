using System.Net;
using Lading.Oci;

namespace Lading.Registry;

/// <summary>HEAD of a manifest (distribution-spec 1.1, end-3).</summary>
internal sealed record FindManifest(RepositoryName Repository, ManifestReference Reference)
    : IRegistryRequest<Descriptor?>
{
    public string Attempted => $"Could not look for {Reference} in {Repository}";

    public RegistryScope Scope => new(Repository, Push: false);

    public HttpRequestMessage CreateMessage(Uri root)
    {
        var message = new HttpRequestMessage(HttpMethod.Head, new Uri(root, $"v2/{Repository}/manifests/{Reference}"));
        message.Headers.TryAddWithoutValidation("Accept", string.Join(", ", MediaTypes.Manifests.Append("*/*")));
        return message;
    }

    public bool IsAnswer(HttpStatusCode status) => status is HttpStatusCode.OK or HttpStatusCode.NotFound;

    public Task<Descriptor?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return Task.FromResult<Descriptor?>(null);
        }

        // Some registries name no digest here; the default one says so.
        return Task.FromResult<Descriptor?>(
            new Descriptor
            {
                MediaType = response.Content.Headers.ContentType?.MediaType ?? MediaTypes.OciManifest,
                Digest = Reference.Digest ?? ContentDigest.Of(response) ?? default,
                Size = response.Content.Headers.ContentLength ?? 0,
            }
        );
    }
}

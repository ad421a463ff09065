using System.Net;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>HEAD of a manifest (distribution-spec 1.1, end-3); null if it does not exist. Fields that a registry omits have default values.</summary>
internal sealed record FindManifest(RepositoryName Repository, ManifestReference Reference)
    : IRegistryRequest<Descriptor?>
{
    public string Attempted => $"Could not look for {Reference} in {Repository}";

    public ScopeSet Scope => new RegistryScope(Repository, Push: false);

    public HttpRequestMessage CreateMessage(Uri root)
    {
        var message = new HttpRequestMessage(HttpMethod.Head, new Uri(root, $"v2/{Repository}/manifests/{Reference}"));
        message.Headers.TryAddWithoutValidation("Accept", string.Join(", ", MediaTypes.Manifests.Append("*/*")));
        return message;
    }

    public bool IsAnswer(HttpStatusCode status) =>
        status is HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed;

    public Task<Descriptor?> ReadAsync(RegistryAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return Task.FromResult<Descriptor?>(null);
        }

        var reported = ContentDigest.Of(answer);
        if (
            Reference.Digest is { } requested
            && reported is { } other
            && requested.Algorithm == other.Algorithm
            && requested != other
        )
        {
            throw new ContentMismatchException(
                new Descriptor { Digest = requested, Size = 0 },
                "the registry",
                $"it says that it is {other}"
            );
        }

        return Task.FromResult<Descriptor?>(
            new Descriptor
            {
                MediaType = answer.BodyHeaders.ContentType?.MediaType ?? "",
                Digest = Reference.Digest ?? reported ?? default,
                Size = answer.BodyHeaders.ContentLength ?? 0,
            }
        );
    }
}

using System.Net;
using Lading.Oci;

namespace Lading.Registry;

/// <summary>GET of a manifest (distribution-spec 1.1, end-3), verified: by the digest that was asked for, or by the one the registry names.</summary>
internal sealed record GetManifest(RepositoryName Repository, ManifestReference Reference)
    : IRegistryRequest<ManifestContent?>
{
    /// <summary>What registries take at most (distribution-spec 1.1: at least 4 MiB).</summary>
    private const int LargestManifest = 16 * 1024 * 1024;

    public string Attempted => $"Could not read manifest {Reference} of {Repository}";

    public RegistryScope Scope => new(Repository, Push: false);

    public HttpRequestMessage CreateMessage(Uri root)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, new Uri(root, $"v2/{Repository}/manifests/{Reference}"));
        message.Headers.TryAddWithoutValidation("Accept", string.Join(", ", MediaTypes.Manifests.Append("*/*")));
        return message;
    }

    public bool IsAnswer(HttpStatusCode status) => status is HttpStatusCode.OK or HttpStatusCode.NotFound;

    /// <exception cref="ContentMismatchException">The bytes are not those of the digest.</exception>
    public async Task<ManifestContent?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        var bytes = await BoundedBody.ReadAsync(response, LargestManifest, cancellationToken).ConfigureAwait(false);
        var expected = Reference.Digest ?? ContentDigest.Of(response);
        var content = ManifestContent.Parse(
            bytes,
            response.Content.Headers.ContentType?.MediaType,
            expected?.Algorithm ?? DigestAlgorithm.Sha256
        );
        return expected is { } digest && content.Digest != digest
            ? throw new ContentMismatchException(
                content.Descriptor with
                {
                    Digest = digest,
                },
                $"the answer for {Reference}",
                $"its {bytes.Length} bytes have the digest {content.Digest}"
            )
            : content;
    }
}

using System.Net;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>GET of a manifest (distribution-spec 1.1, end-3), verified by the requested digest, or by the registry's.</summary>
internal sealed record GetManifest(RepositoryName Repository, ManifestReference Reference)
    : IRegistryRequest<ManifestContent?>
{
    /// <summary>More than registries accept (distribution-spec 1.1: at least 4 MiB).</summary>
    private const int LargestManifest = 16 * 1024 * 1024;

    public string Attempted => $"Could not read manifest {Reference} of {Repository}";

    public ScopeSet Scope => new RegistryScope(Repository, Push: false);

    public HttpRequestMessage CreateMessage(Uri root)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, new Uri(root, $"v2/{Repository}/manifests/{Reference}"));
        message.Headers.TryAddWithoutValidation("Accept", string.Join(", ", MediaTypes.Manifests.Append("*/*")));
        return message;
    }

    public bool IsAnswer(HttpStatusCode status) => status is HttpStatusCode.OK or HttpStatusCode.NotFound;

    /// <exception cref="ContentMismatchException">The bytes do not match the digest.</exception>
    /// <exception cref="FormatException">The bytes are not a manifest.</exception>
    public async Task<ManifestContent?> ReadAsync(RegistryAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        var bytes = await answer.ReadBodyAsync(LargestManifest, cancellationToken).ConfigureAwait(false);
        if ((Reference.Digest ?? ContentDigest.Of(answer)) is not { } digest)
        {
            return ManifestContent.Parse(bytes, answer.BodyHeaders.ContentType?.MediaType);
        }

        // Verified before it is parsed: content with another digest is not trusted.
        var actual = Digest.OfBytes(bytes, digest.Algorithm);
        return actual == digest
            ? ManifestContent.Parse(bytes, answer.BodyHeaders.ContentType?.MediaType, digest.Algorithm)
            : throw new ContentMismatchException(
                new Descriptor { Digest = digest, Size = bytes.Length },
                $"the answer for {Reference}",
                $"its {bytes.Length} bytes have the digest {actual}"
            );
    }
}

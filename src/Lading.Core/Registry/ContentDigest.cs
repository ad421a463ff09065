using Lading.Oci;

namespace Lading.Registry;

/// <summary>The header in which a registry says which content it means.</summary>
internal static class ContentDigest
{
    /// <summary>Null where the header is absent or no digest.</summary>
    public static Digest? Of(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Docker-Content-Digest", out var values)
        && Digest.TryParse(values.FirstOrDefault(), out var digest)
            ? digest
            : null;
}

using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>The header with the digest of the content.</summary>
internal static class ContentDigest
{
    /// <summary>Null if the header is absent or not a digest.</summary>
    public static Digest? Of(RegistryAnswer answer) =>
        Digest.TryParse(answer.Values("Docker-Content-Digest").FirstOrDefault(), out var digest) ? digest : null;
}

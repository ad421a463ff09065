using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>The header in which a registry says which content it means.</summary>
internal static class ContentDigest
{
    /// <summary>Null if the header is absent or no digest.</summary>
    public static Digest? Of(RegistryAnswer answer) =>
        Digest.TryParse(answer.Values("Docker-Content-Digest").FirstOrDefault(), out var digest) ? digest : null;
}

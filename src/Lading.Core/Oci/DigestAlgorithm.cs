namespace Lading.Oci;

/// <summary>The hash functions that the OCI image-spec registers for digests.</summary>
public enum DigestAlgorithm
{
    /// <summary>SHA-256, which every registry knows.</summary>
    Sha256,

    /// <summary>SHA-512, which few registries know.</summary>
    Sha512,
}

using System.Security.Cryptography;

namespace Lading.Oci;

/// <summary>The hash functions that the OCI image-spec registers for digests.</summary>
public enum DigestAlgorithm
{
    /// <summary>SHA-256, which every registry supports.</summary>
    Sha256,

    /// <summary>SHA-512, which few registries support.</summary>
    Sha512,
}

internal static class DigestAlgorithms
{
    public static string Name(this DigestAlgorithm algorithm) =>
        algorithm == DigestAlgorithm.Sha512 ? "sha512" : "sha256";

    public static int HexLength(this DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Sha512 ? 128 : 64;

    public static IncrementalHash NewHash(this DigestAlgorithm algorithm) =>
        IncrementalHash.CreateHash(
            algorithm == DigestAlgorithm.Sha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256
        );
}

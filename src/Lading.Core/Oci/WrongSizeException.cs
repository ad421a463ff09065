namespace Lading.Oci;

/// <summary>A manifest states a wrong size for a blob or manifest.</summary>
internal sealed class WrongSizeException(Digest manifest, Descriptor stated, long actual)
    : IOException($"Manifest {manifest} says that {stated.Digest} has {stated.Size} bytes; it has {actual}.");

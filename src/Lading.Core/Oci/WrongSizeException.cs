namespace Lading.Oci;

/// <summary>A manifest states another size of a blob or manifest than it has.</summary>
internal sealed class WrongSizeException(Digest manifest, Descriptor stated, long actual)
    : IOException($"Manifest {manifest} says that {stated.Digest} has {stated.Size} bytes; it has {actual}.");

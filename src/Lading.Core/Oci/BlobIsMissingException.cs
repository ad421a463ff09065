namespace Lading.Oci;

/// <summary>A manifest refers to a blob or manifest that its repository does not have.</summary>
internal sealed class BlobIsMissingException(Digest manifest, Digest missing, string repository)
    : Exception($"Manifest {manifest} names {missing}, which {repository} does not have.")
{
    public Digest Missing { get; } = missing;
}

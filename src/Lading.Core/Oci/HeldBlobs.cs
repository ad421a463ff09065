namespace Lading.Oci;

/// <summary>What is known about blobs in the target repository before they are stored there.</summary>
/// <param name="Digests">The blobs that it certainly has.</param>
/// <param name="Others">What is known about each of the others.</param>
internal sealed record HeldBlobs(IReadOnlySet<Digest> Digests, BlobPresence Others)
{
    /// <summary>Nothing: a lookup takes a call for each blob, which storing the blob makes anyway.</summary>
    public static HeldBlobs Unknown { get; } = new(new HashSet<Digest>(), BlobPresence.Unknown);

    /// <summary>The repository is new: it has blobs only if an earlier push was interrupted.</summary>
    public static HeldBlobs HardlyAny { get; } = new(new HashSet<Digest>(), BlobPresence.Unlikely);
}

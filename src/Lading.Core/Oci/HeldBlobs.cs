namespace Lading.Oci;

/// <summary>What is known about some blobs at the repository to store them in.</summary>
/// <param name="Digests">Those that it certainly has.</param>
/// <param name="Others">What is known about each of the others.</param>
internal sealed record HeldBlobs(IReadOnlySet<Digest> Digests, BlobPresence Others)
{
    /// <summary>Finding out takes a call for each, which storing one makes anyway.</summary>
    public static HeldBlobs Unknown { get; } = new(new HashSet<Digest>(), BlobPresence.Unknown);

    /// <summary>The repository is new.</summary>
    public static HeldBlobs HardlyAny { get; } = new(new HashSet<Digest>(), BlobPresence.Unlikely);
}

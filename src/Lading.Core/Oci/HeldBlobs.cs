namespace Lading.Oci;

/// <summary>What is known of some blobs at the repository where they are to be stored.</summary>
/// <param name="Digests">Those that it has for certain.</param>
/// <param name="Others">What is known of each of the others.</param>
internal sealed record HeldBlobs(IReadOnlySet<Digest> Digests, BlobPresence Others)
{
    /// <summary>Finding out takes a call for each, which storing one makes anyway.</summary>
    public static HeldBlobs Unknown { get; } = new(new HashSet<Digest>(), BlobPresence.Unknown);

    /// <summary>The repository is new.</summary>
    public static HeldBlobs HardlyAny { get; } = new(new HashSet<Digest>(), BlobPresence.Unlikely);
}

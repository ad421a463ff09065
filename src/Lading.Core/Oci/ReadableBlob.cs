namespace Lading.Oci;

/// <summary>A blob that can be read repeatedly: an interrupted upload opens it again.</summary>
/// <param name="Descriptor">Digest, size and media type.</param>
/// <param name="Open">Opens the bytes from the start. The reader verifies the digest.</param>
/// <param name="Origin">The repository of the same registry that has the blob, from which it may be mounted; null if there is none.</param>
internal sealed record ReadableBlob(
    Descriptor Descriptor,
    Func<CancellationToken, Task<Stream>> Open,
    RepositoryName? Origin = null
)
{
    /// <summary>What is known about it at the target.</summary>
    public BlobPresence Presence { get; init; }
}

/// <summary>What is known about a blob at its target before it is stored there.</summary>
internal enum BlobPresence
{
    /// <summary>Unknown: check before storing.</summary>
    Unknown,

    /// <summary>The repository has no images yet: it has the blob only if an earlier push was interrupted.</summary>
    Unlikely,

    /// <summary>The blob was looked up, and does not exist.</summary>
    Missing,

    /// <summary>The target reports both that it has the blob and that it lacks it: the blob is sent.</summary>
    Doubtful,
}

/// <summary>The outcome of storing a blob.</summary>
internal enum BlobOutcome
{
    /// <summary>The bytes were transferred.</summary>
    Sent,

    /// <summary>The blob existed already: nothing was transferred.</summary>
    AlreadyThere,

    /// <summary>The registry mounted it from another repository: nothing was transferred.</summary>
    Mounted,
}

namespace Lading.Oci;

/// <summary>A blob that can be read as often as need be: an upload that is interrupted opens it again.</summary>
/// <param name="Descriptor">Digest, size and media type.</param>
/// <param name="Open">Opens the bytes from the start. The one who reads verifies the digest.</param>
/// <param name="Origin">The repository of the same registry that holds the blob, from which it may be mounted; null if there is none.</param>
internal sealed record ReadableBlob(
    Descriptor Descriptor,
    Func<CancellationToken, Task<Stream>> Open,
    RepositoryName? Origin = null
)
{
    /// <summary>What is known of it at the target.</summary>
    public BlobPresence Presence { get; init; }
}

/// <summary>What is known of a blob at its target before it is stored there.</summary>
internal enum BlobPresence
{
    /// <summary>Unknown: ask before storing.</summary>
    Unknown,

    /// <summary>The repository has no images yet: it is there only where an earlier push broke off.</summary>
    Unlikely,

    /// <summary>It was asked for, and is not there.</summary>
    Missing,

    /// <summary>The target says that it has it, yet misses it: it is sent whatever the target says.</summary>
    Doubtful,
}

/// <summary>The outcome of storing a blob.</summary>
internal enum BlobOutcome
{
    /// <summary>The bytes were sent.</summary>
    Sent,

    /// <summary>It was there already: nothing was sent.</summary>
    AlreadyThere,

    /// <summary>The registry took it over from another of its repositories: nothing was sent.</summary>
    Mounted,
}

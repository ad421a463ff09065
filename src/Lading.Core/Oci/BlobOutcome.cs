namespace Lading.Oci;

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

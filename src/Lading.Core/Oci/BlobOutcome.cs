namespace Lading.Oci;

/// <summary>What storing a blob came to.</summary>
internal enum BlobOutcome
{
    /// <summary>The bytes were sent.</summary>
    Sent,

    /// <summary>It was there already: nothing was sent.</summary>
    AlreadyThere,

    /// <summary>The registry took it over from another of its repositories: nothing was sent.</summary>
    Mounted,
}

namespace Lading.Oci;

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

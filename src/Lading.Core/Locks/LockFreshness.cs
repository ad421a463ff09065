namespace Lading.Locks;

/// <summary>How an image of a lock differs from the commit that is looked at: the one answer for the tool, the constructs and checking.</summary>
internal enum LockFreshness
{
    /// <summary>It does not.</summary>
    Current,

    /// <summary><c>lading.json</c> of the commit has no such image.</summary>
    NotDefined,

    /// <summary>The lock pins what was published from uncommitted changes.</summary>
    Uncommitted,

    /// <summary>The image is held back at a revision, and the lock has another.</summary>
    NotHeld,

    /// <summary>Its inputs have changed since it was published.</summary>
    Changed,
}

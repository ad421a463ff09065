namespace Lading.Locks;

/// <summary>How an image of a lock differs from the commit in question: the single definition for the tool, the constructs and checking.</summary>
internal enum LockFreshness
{
    /// <summary>It does not differ.</summary>
    Current,

    /// <summary><c>lading.json</c> at the commit does not have the image.</summary>
    NotDefined,

    /// <summary>The lock pins an image that was published from uncommitted changes.</summary>
    Uncommitted,

    /// <summary>The image is held back at a revision, and the lock has another.</summary>
    NotHeld,

    /// <summary>Its inputs have changed since it was published.</summary>
    Changed,
}

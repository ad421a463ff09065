namespace Lading.Locks;

/// <summary>Compares an image of a lock with the image at a commit.</summary>
internal static class LockComparison
{
    /// <summary>Compares an entry with the fingerprint at a commit.</summary>
    /// <param name="locked">The entry in the lock.</param>
    /// <param name="fingerprint">64 hex digits: the image's fingerprint at the commit, or at the revision it is held at; null if it is
    /// not defined there.</param>
    /// <param name="isHeld">Whether it is held back.</param>
    public static LockFreshness Of(LockedImage locked, string? fingerprint, bool isHeld = false) =>
        fingerprint is null ? LockFreshness.NotDefined
        : locked.Fingerprint == fingerprint ? LockFreshness.Current
        : isHeld ? LockFreshness.NotHeld
        : locked.Revision is null ? LockFreshness.Uncommitted
        : LockFreshness.Changed;
}

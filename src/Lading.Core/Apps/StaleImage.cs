using Lading.Locks;

namespace Lading.Apps;

/// <summary>The messages about an image in a lock that differs from the commit's.</summary>
internal static class StaleImage
{
    /// <summary>What is wrong and which command rewrites the lock; null if nothing is wrong.</summary>
    public static string? Describe(string name, LockedImage locked, LockFreshness freshness, LockCommands publish)
    {
        var reason = freshness switch
        {
            LockFreshness.Current => null,
            LockFreshness.NotDefined => "lading.json has no such image at HEAD",
            LockFreshness.Uncommitted => "the lock pins it as it was published from uncommitted changes",
            LockFreshness.NotHeld => "it is held back at a revision, and the lock pins another",
            _ => $"the lock pins it as it was at {Short(locked.Revision!)}, and its inputs have changed since",
        };
        return reason is null
            ? null
            : $"Image {name} does not match HEAD: {reason}. Run '{publish.For(name)}', or '{publish.Resolve}' if it is published already.";
    }

    private static string Short(string revision) => revision[..Math.Min(12, revision.Length)];
}

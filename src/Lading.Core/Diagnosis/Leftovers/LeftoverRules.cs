using Lading.Processes;

namespace Lading.Diagnosis.Leftovers;

/// <summary>
/// Decides what a killed run left behind: never a file that a process on this machine has open or may still use. A file
/// whose name has no process, or one that cannot be looked up because its container is gone, is a left-over if it has
/// not changed for long enough.
/// </summary>
internal static class LeftoverRules
{
    /// <param name="candidate">A temporary file or folder.</param>
    /// <param name="hasEnded">Whether the process in its name has certainly ended; false if it names none.</param>
    /// <param name="isOpen">Whether a process has it, or a file in it, open.</param>
    /// <param name="now">The time.</param>
    public static bool IsLeft(Leftover candidate, bool hasEnded, bool isOpen, DateTime now) =>
        !isOpen
        && (
            hasEnded
            || (
                candidate is { Patience: { } patience, Owner: null or { IsElsewhere: true } }
                && candidate.ChangedAt < now - (candidate.Owner is null ? patience : ProcessMark.LongestRun)
            )
        );
}

using Lading.Processes;

namespace Lading.Diagnosis.Leftovers;

/// <summary>
/// Decides what a killed run left behind: never what a process here has open, or may still use. What names no process, or one that
/// cannot be looked up, as in a container that is gone, was left behind if nothing has touched it for long enough.
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

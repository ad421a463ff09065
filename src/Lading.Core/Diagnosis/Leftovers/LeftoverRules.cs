namespace Lading.Diagnosis.Leftovers;

/// <summary>Decides what a killed run left behind. A file that a running process may use, or whose owner is unknown, is never a left-over.</summary>
internal static class LeftoverRules
{
    /// <param name="candidate">A temporary file or folder.</param>
    /// <param name="hasEnded">Whether the process in its name has certainly ended; false if it names none.</param>
    /// <param name="isOpen">Whether a process has it, or a file in it, open.</param>
    /// <param name="now">The time.</param>
    public static bool IsLeft(Leftover candidate, bool hasEnded, bool isOpen, DateTime now) =>
        !isOpen && (hasEnded || (candidate.Patience is { } patience && candidate.ChangedAt < now - patience));
}

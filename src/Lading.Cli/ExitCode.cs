namespace Lading.Cli;

/// <summary>Exit codes; those of failures are <see cref="FailureKind"/>'s.</summary>
internal static class ExitCode
{
    /// <summary>It was cancelled: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Cancelled = 130;

    /// <summary>0 if a check held, 3 if it did not.</summary>
    public static int Of(bool holds) => (int)(holds ? FailureKind.None : FailureKind.CheckFailed);
}

namespace Lading.Cli;

/// <summary>Exit codes; those of failures are <see cref="FailureKind"/>'s.</summary>
internal static class ExitCode
{
    /// <summary>The run was cancelled: 128 plus the number of SIGINT, as in shells.</summary>
    public const int Cancelled = 130;

    /// <summary>0 if a check passed, 3 if it did not.</summary>
    public static int Of(bool holds) => (int)(holds ? FailureKind.None : FailureKind.CheckFailed);
}

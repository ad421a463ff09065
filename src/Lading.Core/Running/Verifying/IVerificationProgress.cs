namespace Lading.Running.Verifying;

/// <summary>Receives the progress of a verification.</summary>
internal interface IVerificationProgress
{
    /// <summary>The services were read again.</summary>
    void Looked(VerificationReport report);

    /// <summary>Runs a function that watches to the end, and may show progress meanwhile.</summary>
    Task<VerificationReport> WatchAsync(Func<Task<VerificationReport>> watch) => watch();

    /// <summary>Watching was cancelled; the deployment continues.</summary>
    void Stopped(VerificationReport? report);
}

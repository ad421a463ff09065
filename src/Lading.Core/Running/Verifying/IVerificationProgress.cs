namespace Lading.Running.Verifying;

/// <summary>Receives the progress of a verification.</summary>
internal interface IVerificationProgress
{
    /// <summary>The services were read once more.</summary>
    void Looked(VerificationReport report);

    /// <summary>Watches to the end; may show progress meanwhile.</summary>
    Task<VerificationReport> WatchAsync(Func<Task<VerificationReport>> watch) => watch();

    /// <summary>The watching was cancelled; the deployment continues.</summary>
    void Stopped(VerificationReport? report);
}

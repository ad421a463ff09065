namespace Lading.Running.Verifying;

/// <summary>Is told how far a verification is.</summary>
internal interface IVerificationProgress
{
    /// <summary>The services were looked at once more.</summary>
    void Looked(VerificationReport report);

    /// <summary>Watches to the end; may show what it is told meanwhile.</summary>
    Task<VerificationReport> WatchAsync(Func<Task<VerificationReport>> watch) => watch();

    /// <summary>The watching was ended; what is under way goes on.</summary>
    void Stopped(VerificationReport? report);
}

using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>The evidence for a rollback.</summary>
/// <param name="History">The history of the stack.</param>
/// <param name="Now">The current state of the environment.</param>
/// <param name="Stack">The top-level stack.</param>
internal sealed record RollbackEvidence(HistoryReport History, EnvironmentEvidence Now, StackEvidence Stack)
{
    /// <summary>The release that runs now; during an operation, the one before it.</summary>
    public Release? Current => History.Releases.FirstOrDefault(release => release.Counts);
}

using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>The evidence for a rollback.</summary>
/// <param name="History">The past of the stack.</param>
/// <param name="Now">What runs.</param>
/// <param name="Stack">The top-level stack.</param>
internal sealed record RollbackEvidence(HistoryReport History, EnvironmentEvidence Now, StackEvidence Stack)
{
    /// <summary>The release before the operation in progress, or else the one that runs now.</summary>
    public Release? Current => History.Releases.FirstOrDefault(release => release.Counts);
}

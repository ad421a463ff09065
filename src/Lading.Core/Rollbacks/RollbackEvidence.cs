using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>What a rollback is decided from.</summary>
/// <param name="History">The past of the stack.</param>
/// <param name="Now">What runs.</param>
/// <param name="Stack">The top-level stack.</param>
internal sealed record RollbackEvidence(HistoryReport History, EnvironmentEvidence Now, StackEvidence Stack)
{
    /// <summary>The release that ran before the operation that is under way, or runs now.</summary>
    public Release? Current => History.Releases.FirstOrDefault(release => release.Counts);
}

using Lading.Retention.Evidence;

namespace Lading.Retention;

/// <summary>Reads the uses of a registry's images, and decides which images may be deleted. Changes nothing.</summary>
/// <param name="evidenceReader">Reads the evidence.</param>
/// <param name="policy">The team's policy.</param>
internal sealed class RetentionRun(IRetentionEvidence evidenceReader, RetentionPolicy policy)
{
    /// <summary>Reads the evidence, and decides.</summary>
    /// <param name="environment">The environment's name.</param>
    /// <param name="host">Its registry's host.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">Not even the stored images can be read.</exception>
    public async Task<RetentionReport> RunAsync(string environment, string host, CancellationToken cancellationToken)
    {
        var evidence = await evidenceReader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new RetentionReport(environment, host, policy, evidence, RetentionRules.Decide(evidence, policy));
    }
}

using Lading.Retention.Evidence;

namespace Lading.Retention;

/// <summary>The evidence about a registry, which can be read repeatedly.</summary>
/// <param name="Environment">The environment's name.</param>
/// <param name="Host">Its registry's host.</param>
/// <param name="Evidence">Reads the evidence.</param>
/// <param name="Policy">The team's policy.</param>
/// <param name="Held">Disposed of with this object.</param>
internal sealed record OpenedRetention(
    string Environment,
    string Host,
    IRetentionEvidence Evidence,
    RetentionPolicy Policy,
    IReadOnlyList<IDisposable> Held
) : IDisposable
{
    /// <summary>Reads the evidence, and decides what may be deleted.</summary>
    public Task<RetentionReport> PlanAsync(CancellationToken cancellationToken) =>
        new RetentionRun(Evidence, Policy).RunAsync(Environment, Host, cancellationToken);

    public void Dispose()
    {
        foreach (var held in Held)
        {
            held.Dispose();
        }
    }
}

using Lading.Retention;
using Lading.Retention.Evidence;

namespace Lading.Cli.Commands;

/// <summary>The evidence about a registry, to be read as often as it is needed.</summary>
/// <param name="Environment">The environment's name.</param>
/// <param name="Host">Its registry's host.</param>
/// <param name="Evidence">Reads it.</param>
/// <param name="Policy">What the team wants kept.</param>
/// <param name="Held">What is closed with this.</param>
internal sealed record OpenedRetention(
    string Environment,
    string Host,
    IRetentionEvidence Evidence,
    RetentionPolicy Policy,
    IReadOnlyList<IDisposable> Held
) : IDisposable
{
    /// <summary>Reads it, and decides what may go.</summary>
    public Task<RetentionReport> PlanAsync(CancellationToken cancellationToken) =>
        new RetentionRun(Evidence, Policy).RunAsync(Environment, Host, cancellationToken);

    public void Dispose()
    {
        foreach (var one in Held)
        {
            one.Dispose();
        }
    }
}

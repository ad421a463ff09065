using Lading.Configuration;
using Lading.Oci;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Tests.Deploying;

/// <summary>Reads deployments as scripted by a test.</summary>
/// <param name="read">Gets the environment, which stacks are meant, and the number of the read, from 1.</param>
internal sealed class ScriptedGathering(
    Func<EnvironmentDefinition, Func<string, bool>, int, Task<EnvironmentEvidence>> read
) : IEnvironmentGathering
{
    private int looks;

    /// <summary>The number of reads so far.</summary>
    public int Looks => looks;

    public Task<EnvironmentEvidence> ReadDeploymentAsync(
        EnvironmentDefinition environment,
        Func<string, bool> owns,
        EnvironmentEvidence? before,
        CancellationToken cancellationToken
    ) => read(environment, owns, Interlocked.Increment(ref looks));

    public Task<EnvironmentEvidence> ReadAsync(
        EnvironmentDefinition environment,
        Func<string, bool> owns,
        IReadOnlyCollection<ImageReference> heads,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<HistoryEvidence> ReadHistoryAsync(
        EnvironmentDefinition environment,
        Func<string, bool> owns,
        string? stack,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<IReadOnlyList<HistoryEvidence>> ReadPastAsync(
        EnvironmentDefinition environment,
        EnvironmentEvidence present,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public void Dispose() { }
}

using Lading.Configuration;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>Reads the state of environments, without writing anything.</summary>
internal interface IEnvironmentGathering : IDisposable
{
    /// <summary>Gathers the evidence of one environment, including what could not be read.</summary>
    /// <param name="environment">An environment with an account and a region.</param>
    /// <param name="owns">Whether a top-level stack belongs to the environment, by its name.</param>
    /// <param name="heads">References to HEAD's images, which are looked up as well.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    Task<EnvironmentEvidence> ReadAsync(
        EnvironmentDefinition environment,
        Func<string, bool> owns,
        IReadOnlyCollection<Oci.ImageReference> heads,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Gathers evidence on the progress of a deployment: some stacks, their services, and the tasks of services without
    /// a deployment in progress.
    /// </summary>
    /// <param name="environment">An environment with an account and a region.</param>
    /// <param name="owns">Whether a top-level stack is one of them, by its name.</param>
    /// <param name="before">The previous evidence: facts that cannot have changed are not read again. Null for the
    /// first time.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    Task<EnvironmentEvidence> ReadDeploymentAsync(
        EnvironmentDefinition environment,
        Func<string, bool> owns,
        EnvironmentEvidence? before,
        CancellationToken cancellationToken
    );

    /// <summary>Gathers the history of one top-level stack.</summary>
    /// <param name="environment">An environment with an account and a region.</param>
    /// <param name="owns">Whether a top-level stack belongs to the environment, by its name.</param>
    /// <param name="stack">The stack's name; null if the environment has only one.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">The account could not be used, or the stack is ambiguous.</exception>
    Task<HistoryEvidence> ReadHistoryAsync(
        EnvironmentDefinition environment,
        Func<string, bool> owns,
        string? stack,
        CancellationToken cancellationToken
    );

    /// <summary>Gathers the history of all stacks with workloads; evidence on the present is reused.</summary>
    /// <param name="environment">An environment with an account and a region.</param>
    /// <param name="present">The evidence on its present state, which did not fail.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>By the names of the top-level stacks.</returns>
    Task<IReadOnlyList<HistoryEvidence>> ReadPastAsync(
        EnvironmentDefinition environment,
        EnvironmentEvidence present,
        CancellationToken cancellationToken
    );
}

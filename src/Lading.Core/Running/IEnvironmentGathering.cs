using Lading.Configuration;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>Reads what there is to know of environments. Nothing is written anywhere.</summary>
internal interface IEnvironmentGathering : IDisposable
{
    /// <summary>Gathers the evidence of one environment; what cannot be read is in it too.</summary>
    /// <param name="environment">An environment with an account and a region.</param>
    /// <param name="owns">Whether a top-level stack is one of its own, by its name.</param>
    /// <param name="heads">Tags of images that HEAD has, by repository, to be looked up besides.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<EnvironmentEvidence> ReadAsync(
        EnvironmentDefinition environment,
        Func<string, bool> owns,
        IReadOnlyCollection<Oci.ImageReference> heads,
        CancellationToken cancellationToken
    );

    /// <summary>Gathers what tells how a deployment stands: some stacks, their services, and the tasks of those that are not on their way.</summary>
    /// <param name="environment">An environment with an account and a region.</param>
    /// <param name="owns">Whether a top-level stack is one of those, by its name.</param>
    /// <param name="before">What was read last time, of which what cannot have changed is not asked again; null for the first.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<EnvironmentEvidence> ReadDeploymentAsync(
        EnvironmentDefinition environment,
        Func<string, bool> owns,
        EnvironmentEvidence? before,
        CancellationToken cancellationToken
    );

    /// <summary>Gathers the past of one top-level stack.</summary>
    /// <param name="environment">An environment with an account and a region.</param>
    /// <param name="owns">Whether a top-level stack is one of its own, by its name.</param>
    /// <param name="stack">The stack's name; null for the only one that there is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LadingException">The account could not be used, or several stacks might be meant.</exception>
    Task<HistoryEvidence> ReadHistoryAsync(
        EnvironmentDefinition environment,
        Func<string, bool> owns,
        string? stack,
        CancellationToken cancellationToken
    );

    /// <summary>Gathers the past of all stacks that run something; what the present told is not asked again.</summary>
    /// <param name="environment">An environment with an account and a region.</param>
    /// <param name="present">What was read of it, which did not fail.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>By the names of the top-level stacks.</returns>
    Task<IReadOnlyList<HistoryEvidence>> ReadPastAsync(
        EnvironmentDefinition environment,
        EnvironmentEvidence present,
        CancellationToken cancellationToken
    );
}

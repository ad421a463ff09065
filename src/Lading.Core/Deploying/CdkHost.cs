using Lading.Configuration;
using Lading.Processes;

namespace Lading.Deploying;

/// <summary>The environment that the CDK CLI runs in.</summary>
/// <param name="Caller">This process.</param>
/// <param name="HasProfile">Whether this machine has the environment's AWS profile.</param>
/// <param name="Output">The target of its standard output; null for this process's own.</param>
internal sealed record CdkHost(CallingProcess Caller, Func<EnvironmentDefinition, bool> HasProfile, TextWriter? Output)
{
    /// <summary>Whether its standard error is a terminal, on which it draws a progress bar that other lines would disturb.</summary>
    public bool HasTerminal { get; init; }
}

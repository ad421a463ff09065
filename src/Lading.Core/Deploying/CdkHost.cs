using Lading.Configuration;
using Lading.Processes;

namespace Lading.Deploying;

/// <summary>What the CDK command line runs in.</summary>
/// <param name="Caller">This process.</param>
/// <param name="HasProfile">Whether this machine has the environment's AWS profile.</param>
/// <param name="Output">Where its standard output goes; null for this process's own.</param>
internal sealed record CdkHost(CallingProcess Caller, Func<EnvironmentDefinition, bool> HasProfile, TextWriter? Output)
{
    /// <summary>Whether its standard error is a terminal, on which it draws a bar that no other line may come between.</summary>
    public bool HasTerminal { get; init; }
}

using Lading.Configuration;

namespace Lading.Running.Verifying;

/// <summary>An account and region whose stacks are verified.</summary>
/// <param name="Environment">The environment of that account and region.</param>
/// <param name="Stacks">The stacks to watch.</param>
internal sealed record VerifiedRegion(EnvironmentDefinition Environment, VerifiedStacks Stacks);

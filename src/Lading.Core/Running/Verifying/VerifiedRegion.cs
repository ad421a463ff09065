using Lading.Configuration;

namespace Lading.Running.Verifying;

/// <summary>An account and region whose stacks are verified.</summary>
/// <param name="Environment">Which.</param>
/// <param name="Stacks">Which of its stacks to watch.</param>
internal sealed record VerifiedRegion(EnvironmentDefinition Environment, VerifiedStacks Stacks);

using Lading.Checking.Templates;
using Lading.Configuration;

namespace Lading.Deploying;

/// <summary>A stack of the app, and its environment.</summary>
internal sealed record CandidateStack(SynthesizedStack Stack, StackMatch Match)
{
    public StackEnvironment Environment => Stack.Environment;

    /// <summary>Whether a request for an environment deploys it without naming it.</summary>
    public bool BelongsTo(EnvironmentDefinition environment) =>
        Match.Kind is StackMatchKind.One or StackMatchKind.Open && Match.Has(environment.Name);

    /// <summary>
    /// Whether it may be deployed with an environment: the environment is one of its matches, or, if it has no match,
    /// its account may be the environment's.
    /// </summary>
    public bool MayGoWith(EnvironmentDefinition environment) =>
        Match.Kind == StackMatchKind.None ? Environment.IsInAccountOf(environment) : Match.Has(environment.Name);

    /// <summary>The environment it belongs to, as the end of a sentence that begins with its name.</summary>
    public string Belonging =>
        Match.Kind switch
        {
            StackMatchKind.One => $"belongs to {Match.Names}",
            StackMatchKind.Shared => $"is in {Environment}, which {Match.Names} share",
            StackMatchKind.Contested => $"is in \"stacks\" of {Match.Names}",
            StackMatchKind.Open => $"has {Environment}, so that it could belong to {Match.Names}",
            StackMatchKind.Unlisted => $"is in {Environment}, and not in \"stacks\" of {Match.Names}",
            _ => $"is in {Environment}, which no environment in lading.json has",
        };
}

using Lading.Checking.Templates;
using Lading.Configuration;

namespace Lading.Deploying;

/// <summary>A stack of the app, and the environment that it belongs to.</summary>
internal sealed record CandidateStack(SynthesizedStack Stack, StackMatch Match)
{
    public StackEnvironment Environment => Stack.Environment;

    /// <summary>Whether it is deployed with an environment that nobody named stacks for.</summary>
    public bool BelongsTo(EnvironmentDefinition environment) =>
        Match.Kind is StackMatchKind.One or StackMatchKind.Open && Match.Has(environment.Name);

    /// <summary>Whether it can be deployed with an environment: nothing says that it is another's, or where.</summary>
    public bool MayGoWith(EnvironmentDefinition environment) =>
        Match.Kind == StackMatchKind.None ? Environment.IsInAccountOf(environment) : Match.Has(environment.Name);

    /// <summary>Whose it is, as the end of a sentence that begins with its name.</summary>
    public string Belonging =>
        Match.Kind switch
        {
            StackMatchKind.One => $"belongs to {Match.Names}",
            StackMatchKind.Shared => $"is in {Environment}, which {Match.Names} have in common",
            StackMatchKind.Contested => $"is in \"stacks\" of {Match.Names}",
            StackMatchKind.Open => $"has {Environment}, so that it could belong to {Match.Names}",
            StackMatchKind.Unlisted => $"is in {Environment}, and not in \"stacks\" of {Match.Names}",
            _ => $"is in {Environment}, which no environment in lading.json has",
        };
}

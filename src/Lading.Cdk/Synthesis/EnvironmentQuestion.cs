using Amazon.CDK;
using Lading.Configuration;

namespace Lading.Cdk.Synthesis;

/// <summary>What the choice of a stack's environment depends on.</summary>
internal sealed record EnvironmentQuestion
{
    /// <summary>The stack.</summary>
    public required StackName Stack { get; init; }

    /// <summary>Its account and region; null for a token.</summary>
    public required StackEnvironment Target { get; init; }

    /// <summary>The environments that it belongs to.</summary>
    public required StackMatch Match { get; init; }

    /// <summary>The environment that the user named; null if none.</summary>
    public string? Named { get; init; }

    /// <summary>The environment that the app was started for, which gets the stacks that belong to no other; null if none.</summary>
    public string? StartedFor { get; init; }

    /// <summary>The environments in <c>lading.json</c>, by name.</summary>
    public required IReadOnlyDictionary<string, EnvironmentDefinition> Environments { get; init; }

    /// <summary>True if the user named a lock file.</summary>
    public bool LockIsNamed { get; init; }

    /// <summary>The environments that have a lock.</summary>
    public IReadOnlyList<string> Locks { get; init; } = [];

    /// <summary>The question for a stack, before any lock is read.</summary>
    /// <exception cref="LadingException">There is no <c>lading.json</c>, or something in it or in the stack's context is wrong.</exception>
    public static EnvironmentQuestion Of(Stack stack, AppImages app)
    {
        var settings = app.SettingsOf(stack);
        var environments = app.GetProject(stack).Configuration.Environments;
        var (name, target) = (StackIdentity.NameOf(stack), StackIdentity.EnvironmentOf(stack));
        return new EnvironmentQuestion
        {
            Stack = name,
            Target = target,
            Match = new StackEnvironments(environments.Values).Match(target, name),
            Named = settings.Environment,
            StartedFor = app.DocumentFor(settings)?.Environment,
            Environments = environments,
        };
    }
}

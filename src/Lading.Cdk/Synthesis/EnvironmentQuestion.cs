using Amazon.CDK;
using Lading.Configuration;

namespace Lading.Cdk.Synthesis;

/// <summary>What is known when the environment of a stack is chosen.</summary>
internal sealed record EnvironmentQuestion
{
    /// <summary>The stack.</summary>
    public required StackName Stack { get; init; }

    /// <summary>Its account and region, each null if it is a token.</summary>
    public required StackEnvironment Target { get; init; }

    /// <summary>The environments that it belongs to.</summary>
    public required StackMatch Match { get; init; }

    /// <summary>What the user named; null for nothing.</summary>
    public string? Named { get; init; }

    /// <summary>The environment that the app was started for, which is that of stacks that belong to no other; null for none.</summary>
    public string? StartedFor { get; init; }

    /// <summary>Those of <c>lading.json</c>, by name.</summary>
    public required IReadOnlyDictionary<string, EnvironmentDefinition> Environments { get; init; }

    /// <summary>True if the user named a lock file.</summary>
    public bool LockIsNamed { get; init; }

    /// <summary>The environments that have a lock.</summary>
    public IReadOnlyList<string> Locks { get; init; } = [];

    /// <summary>That of a stack, as long as no lock is looked at.</summary>
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

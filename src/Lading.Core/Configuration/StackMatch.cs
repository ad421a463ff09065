namespace Lading.Configuration;

/// <summary>Which environment a stack belongs to, or why none or several would do.</summary>
/// <param name="Kind">What is known.</param>
/// <param name="Environments">The environments that <paramref name="Kind"/> speaks of, in the order of their names.</param>
internal sealed record StackMatch(StackMatchKind Kind, IReadOnlyList<EnvironmentDefinition> Environments)
{
    /// <summary>The environment of the stack; null if it has none, or none that can be told.</summary>
    public EnvironmentDefinition? Only => Kind == StackMatchKind.One ? Environments[0] : null;

    /// <summary>Whether an environment is among those that are spoken of.</summary>
    public bool Has(string environment) => Environments.Any(each => each.Name == environment);

    /// <summary>The names of the environments, for people.</summary>
    public string Names => string.Join(", ", Environments.Select(each => each.Name));
}

/// <summary>What is known of the environment of a stack.</summary>
internal enum StackMatchKind
{
    /// <summary>It belongs to one: its <c>stacks</c> name it, or it alone has the account and region.</summary>
    One,

    /// <summary>Several have its account and region, and no <c>stacks</c> name it.</summary>
    Shared,

    /// <summary>The <c>stacks</c> of several name it.</summary>
    Contested,

    /// <summary>It leaves account or region open, and goes with whichever of these it is deployed to.</summary>
    Open,

    /// <summary>The environments with its account and region name their stacks, and it is not among them.</summary>
    Unlisted,

    /// <summary>No environment has its account and region.</summary>
    None,
}

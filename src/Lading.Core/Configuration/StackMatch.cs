namespace Lading.Configuration;

/// <summary>The environment of a stack, or why there is none or several are possible.</summary>
/// <param name="Kind">How the stack matches.</param>
/// <param name="Environments">The environments that <paramref name="Kind"/> refers to, ordered by name.</param>
internal sealed record StackMatch(StackMatchKind Kind, IReadOnlyList<EnvironmentDefinition> Environments)
{
    /// <summary>The environment of the stack; null if there is none, or it is ambiguous.</summary>
    public EnvironmentDefinition? Only => Kind == StackMatchKind.One ? Environments[0] : null;

    /// <summary>Whether an environment is among <see cref="Environments"/>.</summary>
    public bool Has(string environment) => Environments.Any(each => each.Name == environment);

    /// <summary>The names of the environments, for messages.</summary>
    public string Names => string.Join(", ", Environments.Select(each => each.Name));
}

/// <summary>How a stack matches the environments.</summary>
internal enum StackMatchKind
{
    /// <summary>It belongs to one environment: its <c>stacks</c> match, or it is the only one with the account and region.</summary>
    One,

    /// <summary>Several have its account and region, and no <c>stacks</c> match it.</summary>
    Shared,

    /// <summary>The <c>stacks</c> of several match it.</summary>
    Contested,

    /// <summary>It leaves account or region open, and belongs to whichever of these it is deployed to.</summary>
    Open,

    /// <summary>The environments with its account and region have <c>stacks</c>, and none match it.</summary>
    Unlisted,

    /// <summary>No environment has its account and region.</summary>
    None,
}

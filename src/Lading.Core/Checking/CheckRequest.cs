using Lading.Checking.Templates;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Shipping;

namespace Lading.Checking;

/// <summary>What to check.</summary>
/// <param name="Stacks">The stacks to check; null to check only the lock, which must then exist.</param>
internal sealed record CheckRequest(IReadOnlyList<CheckedStack>? Stacks)
{
    /// <summary>The absolute path of a lock that the user named; null for the environment's default.</summary>
    public string? Lock { get; init; }

    /// <summary>Whether to accept images that a stack was rolled back from.</summary>
    public bool Redeploys { get; init; }

    /// <summary>Stacks of other environments, which are not checked, each with its environment.</summary>
    public IReadOnlyList<(string Stack, string Environment)> Others { get; init; } = [];

    /// <summary>The sources that the lock must match.</summary>
    public SnapshotRequest Source { get; init; } = new([], "HEAD");

    /// <summary>A check of the stacks in a cloud assembly.</summary>
    /// <param name="folder">The output folder of <c>cdk synth</c>; null to check only the lock.</param>
    /// <param name="workspace">The project and its environment.</param>
    /// <param name="isNamed">Whether the user named the environment.</param>
    /// <param name="stateFolder">The user's state folder; null to use no remembered identities.</param>
    /// <exception cref="LadingException">The folder is not an assembly.</exception>
    public static CheckRequest OfAssembly(string? folder, Workspace workspace, bool isNamed, string? stateFolder = null)
    {
        var environment = workspace.Project.Environment;
        var environments = workspace.Project.Configuration.Environments.Values;
        var stacks = folder is null ? null : CloudAssembly.Read(folder).Stacks;
        var request =
            stacks is null ? new CheckRequest(Stacks: null)
            : isNamed ? OfNamed(environment, stacks, environments)
            : new CheckRequest(Match(stacks, environments, environment));
        return request with { Source = new SnapshotRequest([], "HEAD") { StateFolder = stateFolder } };
    }

    /// <summary>
    /// A check of an environment that the user named. Stacks of other environments are left out, unless that leaves
    /// none: a check of nothing would pass.
    /// </summary>
    /// <param name="environment">The environment.</param>
    /// <param name="stacks">The stacks of an assembly.</param>
    /// <param name="environments">All environments in <c>lading.json</c>.</param>
    public static CheckRequest OfNamed(
        EnvironmentDefinition environment,
        IReadOnlyList<SynthesizedStack> stacks,
        IEnumerable<EnvironmentDefinition> environments
    )
    {
        var matched = Match(stacks, environments, environment);
        var others = matched.Where(each => each.Environment.Name != environment.Name).ToList();
        var areAllOfOthers = others.Count == matched.Count;
        return new CheckRequest([
            .. (areAllOfOthers ? matched : matched.Except(others)).Select(each => new CheckedStack(
                each.Stack,
                environment
            )),
        ])
        {
            Others = areAllOfOthers
                ? []
                : [.. others.Select(each => (each.Stack.FullName.Path, each.Environment.Name)).Distinct()],
        };
    }

    /// <summary>
    /// Each stack with the environment that it belongs to, or the given one if it matches none or several.
    /// </summary>
    private static List<CheckedStack> Match(
        IReadOnlyList<SynthesizedStack> stacks,
        IEnumerable<EnvironmentDefinition> environments,
        EnvironmentDefinition otherwise
    )
    {
        var rule = new StackEnvironments(environments);
        return
        [
            .. stacks.Select(stack =>
            {
                var match = rule.Match(stack.Environment, stack.FullName);
                return new CheckedStack(stack, match.Only ?? otherwise)
                {
                    IsUnmatched = match.Kind == StackMatchKind.None,
                };
            }),
        ];
    }
}

/// <summary>A stack to check.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Environment">The environment whose registry its images must be in, and whose lock they are compared with.</param>
internal sealed record CheckedStack(SynthesizedStack Stack, EnvironmentDefinition Environment)
{
    /// <summary>True if no environment of <c>lading.json</c> has its account and region, and the user named none.</summary>
    public bool IsUnmatched { get; init; }
}

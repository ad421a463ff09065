using Lading.Checking.Templates;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Shipping;

namespace Lading.Checking;

/// <summary>What to check.</summary>
/// <param name="Stacks">The stacks to check; null to check only the lock, which must then exist.</param>
internal sealed record CheckRequest(IReadOnlyList<SynthesizedStack>? Stacks)
{
    /// <summary>The user's lock, absolute; null for the environment's own.</summary>
    public string? Lock { get; init; }

    /// <summary>Whether the user named the environment.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Whether images are accepted that a stack was rolled back from.</summary>
    public bool Redeploys { get; init; }

    /// <summary>Stacks of other environments, which are not checked, each with its environment.</summary>
    public IReadOnlyList<(string Stack, string Environment)> Others { get; init; } = [];

    /// <summary>What the lock must match.</summary>
    public SnapshotRequest Source { get; init; } = new([], "HEAD");

    /// <summary>The check of a workspace's environment, which the user named.</summary>
    public CheckRequest For(Workspace workspace) =>
        For(workspace.Project.Environment, workspace.Project.Configuration.Environments.Values);

    /// <summary>
    /// The check of an environment that the user named: without the stacks of other environments, unless all of them are, since
    /// checking nothing would pass.
    /// </summary>
    /// <param name="environment">The environment.</param>
    /// <param name="environments">All environments in <c>lading.json</c>.</param>
    public CheckRequest For(EnvironmentDefinition environment, IEnumerable<EnvironmentDefinition> environments)
    {
        var rule = new StackEnvironments(environments);
        var others = (Stacks ?? [])
            .Select(stack => (Stack: stack, rule.Match(stack.Environment, stack.FullName).Only))
            .Where(each => each.Only is { } only && only.Name != environment.Name)
            .ToList();
        return others.Count == Stacks?.Count
            ? this with
            {
                IsNamed = true,
            }
            : this with
            {
                IsNamed = true,
                Stacks = Stacks?.Except(others.Select(each => each.Stack)).ToList(),
                Others = [.. others.Select(each => (each.Stack.FullName.Path, each.Only!.Name)).Distinct()],
            };
    }

    /// <summary>A check of all stacks of an assembly.</summary>
    /// <param name="folder">The output folder of <c>cdk synth</c>; null to check only the lock.</param>
    /// <param name="stateFolder">The user's state folder; null to use no remembered identities.</param>
    /// <exception cref="LadingException">The folder is not an assembly.</exception>
    public static CheckRequest OfAssembly(string? folder, string? stateFolder = null) =>
        new(folder is null ? null : CloudAssembly.Read(folder).Stacks)
        {
            Source = new SnapshotRequest([], "HEAD") { StateFolder = stateFolder },
        };
}

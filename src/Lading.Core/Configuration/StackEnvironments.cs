namespace Lading.Configuration;

/// <summary>
/// Decides which environment a stack belongs to: the one whose <c>stacks</c> match it, otherwise the one with its account and region.
/// The single rule for <c>deploy</c>, <c>check</c>, <c>run</c>, the constructs and image assets.
/// </summary>
/// <param name="environments">The environments of <c>lading.json</c>.</param>
internal sealed class StackEnvironments(IEnumerable<EnvironmentDefinition> environments)
{
    // Nothing is deployed from a registry on this machine, unless the environment has an account as well.
    private readonly List<EnvironmentDefinition> candidates =
    [
        .. environments
            .Where(each => each.Account is not null || !each.IsEmbedded)
            .OrderBy(each => each.Name, StringComparer.Ordinal),
    ];

    /// <summary>Returns the environment of a stack, or why there is none.</summary>
    /// <param name="stack">The stack's account and region.</param>
    /// <param name="name">The stack's name.</param>
    public StackMatch Match(StackEnvironment stack, StackName name)
    {
        var claiming = candidates
            .Where(each => MayClaim(each, stack) && each.Stacks.Any(pattern => pattern.Matches(name)))
            .ToList();
        if (claiming.Count > 0)
        {
            return new StackMatch(claiming.Count == 1 ? StackMatchKind.One : StackMatchKind.Contested, claiming);
        }

        var fitting = candidates.Where(stack.Fits).ToList();
        var rest = fitting.Where(each => each.Stacks.Count == 0).ToList();
        var exact = rest.Where(stack.IsThatOf).ToList();
        return (exact.Count, rest.Count, fitting.Count) switch
        {
            (1, _, _) => new StackMatch(StackMatchKind.One, exact),
            (> 1, _, _) => new StackMatch(StackMatchKind.Shared, exact),
            (_, > 0, _) => new StackMatch(StackMatchKind.Open, rest),
            (_, _, > 0) => new StackMatch(StackMatchKind.Unlisted, fitting),
            _ => new StackMatch(StackMatchKind.None, []),
        };
    }

    /// <summary>The environments with an account that could match an app with this account and region, whatever its stacks.</summary>
    public IReadOnlyList<EnvironmentDefinition> At(StackEnvironment stack) =>
        [.. candidates.Where(each => each.Account is not null && stack.Fits(each))];

    /// <summary>The lines for <c>lading.json</c> that would distinguish environments: <c>"dev": { …, "stacks": ["Shop-dev"] }</c>.</summary>
    /// <param name="among">The environments that share the stacks.</param>
    /// <param name="stacks">The stacks; each is assigned to the environment whose name is part of its own, if there is one.</param>
    public static string LinesFor(IEnumerable<EnvironmentDefinition> among, IReadOnlyList<StackName> stacks)
    {
        var lines = among
            .Select(each => (each.Name, Own: stacks.Where(stack => IsNamedAfter(stack.Path, each.Name)).ToList()))
            .ToList();
        var named = lines.Where(line => line.Own.Count > 0).ToList();
        return string.Join(
            ", ",
            (named.Count > 0 ? named : [(lines[0].Name, [.. stacks])]).Select(line =>
                $"\"{line.Name}\": {{ …, \"stacks\": [{string.Join(", ", line.Own.Select(stack => $"\"{stack}\""))}] }}"
            )
        );
    }

    /// <summary>
    /// A matching pattern counts if account and region match as well; in a region that no environment has, such as
    /// us-east-1 for the certificates of CloudFront, the account is enough.
    /// </summary>
    private bool MayClaim(EnvironmentDefinition environment, StackEnvironment stack) =>
        stack.Fits(environment) || (stack.IsInAccountOf(environment) && !candidates.Exists(stack.IsThatOf));

    private static bool IsNamedAfter(string stack, string environment) =>
        stack.Split('-', '/', '_').Any(word => string.Equals(word, environment, StringComparison.OrdinalIgnoreCase))
        || stack.EndsWith(environment, StringComparison.OrdinalIgnoreCase)
        || stack.StartsWith(environment, StringComparison.OrdinalIgnoreCase);
}

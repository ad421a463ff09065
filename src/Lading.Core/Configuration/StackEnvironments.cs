namespace Lading.Configuration;

/// <summary>
/// Says which environment a stack belongs to: the one whose <c>stacks</c> name it, else the one that has its account and
/// region. The one answer for <c>deploy</c>, <c>check</c>, <c>run</c>, the constructs and image assets.
/// </summary>
/// <param name="environments">Those of <c>lading.json</c>.</param>
internal sealed class StackEnvironments(IEnumerable<EnvironmentDefinition> environments)
{
    // Nothing is deployed from a registry of this machine, unless the environment has an account all the same.
    private readonly List<EnvironmentDefinition> candidates =
    [
        .. environments
            .Where(each => each.Account is not null || !each.IsEmbedded)
            .OrderBy(each => each.Name, StringComparer.Ordinal),
    ];

    /// <summary>Decides.</summary>
    /// <param name="place">Where the stack is deployed to.</param>
    /// <param name="name">What it is called.</param>
    public StackMatch Match(StackEnvironment place, StackName name)
    {
        var claiming = candidates
            .Where(each => MayClaim(each, place) && each.Stacks.Any(pattern => pattern.Matches(name)))
            .ToList();
        if (claiming.Count > 0)
        {
            return new StackMatch(claiming.Count == 1 ? StackMatchKind.One : StackMatchKind.Contested, claiming);
        }

        var fitting = candidates.Where(place.Fits).ToList();
        var rest = fitting.Where(each => each.Stacks.Count == 0).ToList();
        var exact = rest.Where(place.IsThatOf).ToList();
        return (exact.Count, rest.Count, fitting.Count) switch
        {
            (1, _, _) => new StackMatch(StackMatchKind.One, exact),
            (> 1, _, _) => new StackMatch(StackMatchKind.Shared, exact),
            (_, > 0, _) => new StackMatch(StackMatchKind.Open, rest),
            (_, _, > 0) => new StackMatch(StackMatchKind.Unlisted, fitting),
            _ => new StackMatch(StackMatchKind.None, []),
        };
    }

    /// <summary>The environments with an account that could fit an app for this account and region, whatever its stacks.</summary>
    public IReadOnlyList<EnvironmentDefinition> At(StackEnvironment place) =>
        [.. candidates.Where(each => each.Account is not null && place.Fits(each))];

    /// <summary>The lines of <c>lading.json</c> that would tell environments apart: <c>"dev": { …, "stacks": ["Shop-dev"] }</c>.</summary>
    /// <param name="among">The environments that share the stacks.</param>
    /// <param name="stacks">The stacks; each goes to the environment whose name is in its own, if there is one.</param>
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
    /// Claims count for stacks that fit; and in a region that no environment has, such as us-east-1 for the certificates of
    /// CloudFront, for all of the account.
    /// </summary>
    private bool MayClaim(EnvironmentDefinition environment, StackEnvironment place) =>
        place.Fits(environment) || (place.IsInAccountOf(environment) && !candidates.Exists(place.IsThatOf));

    private static bool IsNamedAfter(string stack, string environment) =>
        stack.Split('-', '/', '_').Any(word => string.Equals(word, environment, StringComparison.OrdinalIgnoreCase))
        || stack.EndsWith(environment, StringComparison.OrdinalIgnoreCase)
        || stack.StartsWith(environment, StringComparison.OrdinalIgnoreCase);
}

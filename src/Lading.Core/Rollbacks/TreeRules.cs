namespace Lading.Rollbacks;

/// <summary>Decides on the changes of a change set and of those for nested stacks, each by what was exchanged in its stack.</summary>
internal static class TreeRules
{
    private static readonly Dictionary<string, IReadOnlySet<string>> Nothing = [];

    /// <summary>The changes that were not meant, each with the reason.</summary>
    public static IEnumerable<UnwantedChange> FindUnwanted(ChangeSet set, RollbackPlan plan, string path = "") =>
        ChangeRules
            .FindUnwanted(
                set.Changes,
                plan.Tree!.Swaps.GetValueOrDefault(set.StackId)?.Properties ?? Nothing,
                set.Nested.Keys.ToHashSet(StringComparer.Ordinal)
            )
            .Select(each => each with { Path = $"{path}{each.Change.LogicalId}" })
            .Concat(set.Nested.SelectMany(nested => FindUnwanted(nested.Value, plan, $"{path}{nested.Key}/")));

    /// <summary>Parameters that come to something else than at the last deployment, of all the stacks.</summary>
    public static IEnumerable<string> Moved(ChangeSet set, RollbackPlan plan) =>
        plan
            .Templates.Where(each => each.Stack.Id == set.StackId)
            .SelectMany(each => MovingValues.Moved(each.Text, each.Stack.Parameters, set.Parameters))
            .Concat(set.Nested.Values.SelectMany(nested => Moved(nested, plan)));
}

namespace Lading.Rollbacks;

/// <summary>
/// Decides on the changes of a change set and of those of nested stacks, by the values replaced in each stack and by
/// the parameters that its parent passes.
/// </summary>
internal sealed class TreeRules
{
    private static readonly Dictionary<string, IReadOnlySet<string>> Nothing = [];
    private static readonly Dictionary<string, bool> NoParameters = [];

    private readonly RollbackPlan plan;
    private readonly List<string> reasons = [];

    private TreeRules(RollbackPlan plan) => this.plan = plan;

    /// <summary>The unwanted changes, each as part of a sentence.</summary>
    public static IReadOnlyList<string> FindUnwanted(ChangeSet set, RollbackPlan plan)
    {
        var rules = new TreeRules(plan);
        rules.Decide(set, "", NoParameters);
        return rules.reasons;
    }

    private void Decide(ChangeSet set, string path, IReadOnlyDictionary<string, bool> passed)
    {
        var template = plan.Templates.FirstOrDefault(each => each.Stack.Id == set.StackId);
        var replaced = plan.Tree!.Swaps.GetValueOrDefault(set.StackId)?.Properties ?? Nothing;
        var decided = ChangeRules.Decide(
            set.Changes,
            replaced,
            set.Nested.Keys.ToHashSet(StringComparer.Ordinal),
            passed
        );
        reasons.AddRange(
            decided.Unwanted.Select(each => $"{path}{each.Change.LogicalId} ({each.Change.Type}): {each.Reason}")
        );
        if (template is not null)
        {
            // Resources that depend on a replaced value are updated as well, and so is a service that scaled in the
            // meantime.
            reasons.AddRange(
                DynamicValues
                    .ResolvedFor(template.Text, decided.Allowed.Keys.Order(StringComparer.Ordinal))
                    .Select(each => $"{path}{each}")
            );
            reasons.AddRange(
                DynamicValues.ChangedParameters(
                    template.Text,
                    template.Stack.Parameters,
                    set.Parameters.Where(each => !passed.ContainsKey(each.Key)).ToDictionary(StringComparer.Ordinal)
                )
            );
        }

        foreach (var (logicalId, nested) in set.Nested)
        {
            Decide(
                nested,
                $"{path}{logicalId}/",
                template is null ? NoParameters : PassedParameters.Of(template.Text, logicalId, decided, passed)
            );
        }
    }
}

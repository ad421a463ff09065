using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>Decides which changes of a change set were intended, or follow from intended ones.</summary>
internal sealed class ChangeRules
{
    private readonly Dictionary<string, ResourceChange> allowed = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, IReadOnlySet<string>> intended;
    private readonly IReadOnlySet<string> checkedStacks;
    private readonly IReadOnlyDictionary<string, bool> passed;

    private ChangeRules(
        IReadOnlyDictionary<string, IReadOnlySet<string>> intended,
        IReadOnlySet<string> checkedStacks,
        IReadOnlyDictionary<string, bool> passed
    )
    {
        this.intended = intended;
        this.checkedStacks = checkedStacks;
        this.passed = passed;
    }

    /// <summary>Divides the changes of a change set by whether they were intended.</summary>
    /// <param name="changes">The changes of the change set.</param>
    /// <param name="intended">The properties whose values are replaced, by logical id.</param>
    /// <param name="checkedStacks">Nested stacks whose own change sets are checked as well.</param>
    /// <param name="passed">Parameters that change only because of allowed changes in the parent stack: see <see cref="PassedParameters"/>.</param>
    public static DecidedChanges Decide(
        IReadOnlyList<ResourceChange> changes,
        IReadOnlyDictionary<string, IReadOnlySet<string>> intended,
        IReadOnlySet<string>? checkedStacks = null,
        IReadOnlyDictionary<string, bool>? passed = null
    )
    {
        var rules = new ChangeRules(
            intended,
            checkedStacks ?? new HashSet<string>(),
            passed ?? new Dictionary<string, bool>()
        );
        var remaining = changes.ToList();
        while (remaining.FindIndex(change => rules.WhyNot(change).Length == 0) is >= 0 and var at)
        {
            rules.allowed[remaining[at].LogicalId] = remaining[at];
            remaining.RemoveAt(at);
        }

        return new DecidedChanges(
            rules.allowed,
            [.. remaining.Select(change => new UnwantedChange(change, rules.WhyNot(change)))]
        );
    }

    private string WhyNot(ResourceChange change)
    {
        if (change.Action != "Modify")
        {
            return change.Action switch
            {
                "Add" => "it would be created",
                "Remove" => "it would be deleted",
                "Import" => "it would be imported",
                _ => "CloudFormation cannot say what would become of it",
            };
        }

        if (change.Details.Count == 0)
        {
            return "CloudFormation does not say why it would change";
        }

        var why = change
            .Details.Where(detail => detail.Cause != "Automatic" || !checkedStacks.Contains(change.LogicalId))
            .Select(detail => WhyNot(detail, change))
            .FirstOrDefault(each => each.Length > 0);
        return why ?? (MayBeReplaced(change) ? Replacement(change) : "");
    }

    /// <summary>
    /// Whether a resource other than a task definition, which is always replaced, may be replaced. CloudFormation
    /// reports a resource that refers to an attribute as conditionally replaced; an attribute of a resource that keeps
    /// its physical id does not change.
    /// </summary>
    private bool MayBeReplaced(ResourceChange change) =>
        change.Type != Workloads.TaskDefinition
        && change.Replacement switch
        {
            "True" => true,
            "Conditional" => !change.Details.All(detail => detail.IsDynamic && IsReplacedBehind(detail) == false),
            _ => false,
        };

    private static string Replacement(ResourceChange change) =>
        change.IsReplaced ? "it would be replaced" : "it might be replaced";

    private string WhyNot(ChangeDetail detail, ResourceChange change)
    {
        var what = detail.Name.Length > 0 ? detail.Name : detail.Attribute;
        return detail.Cause switch
        {
            "DirectModification" when intended.GetValueOrDefault(change.LogicalId)?.Contains(detail.Name) == true => "",
            // CloudFormation adds this to the reference that causes the change.
            "DirectModification"
                when detail.IsDynamic
                    && change.Details.Any(other => other.Name == detail.Name && IsReplacedBehind(other) is not null) =>
                "",
            "DirectModification" => $"its {what} would change",
            "ResourceReference" or "ResourceAttribute" => IsReplacedBehind(detail) is null
                ? $"its {what} would change with {detail.Entity}"
                : "",
            "ParameterReference" => IsReplacedBehind(detail) is null
                ? $"its {what} would change with parameter {detail.Entity}"
                : "",
            "Automatic" => "its template may have changed",
            var cause => $"its {what} would change ({(cause.Length > 0 ? cause : "CloudFormation does not say why")})",
        };
    }

    /// <summary>Whether the allowed change that causes a detail replaces a resource; null if no allowed change causes it.</summary>
    private bool? IsReplacedBehind(ChangeDetail detail) =>
        detail.IsReference ? allowed.GetValueOrDefault(detail.CausingResource)?.IsReplaced
        : detail.Cause == "ParameterReference" && passed.TryGetValue(detail.Entity, out var isReplaced) ? isReplaced
        : null;
}

/// <summary>The changes of a change set, divided by whether they were intended.</summary>
/// <param name="Allowed">Those that were intended or follow from intended ones, by logical id.</param>
/// <param name="Unwanted">The others, each with the reason.</param>
internal sealed record DecidedChanges(
    IReadOnlyDictionary<string, ResourceChange> Allowed,
    IReadOnlyList<UnwantedChange> Unwanted
);

/// <summary>A change that was not intended.</summary>
/// <param name="Change">The change.</param>
/// <param name="Reason">Why it was not intended, as part of a sentence.</param>
internal sealed record UnwantedChange(ResourceChange Change, string Reason);

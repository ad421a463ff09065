using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>Decides which changes of a change set are those that were meant, or follow from them.</summary>
internal static class ChangeRules
{
    /// <param name="changes">What the change set does.</param>
    /// <param name="intended">The properties that were exchanged, by logical id.</param>
    /// <param name="looked">Nested stacks whose own change sets are checked as well.</param>
    /// <returns>Those that were not meant, each with the reason.</returns>
    public static IReadOnlyList<UnwantedChange> FindUnwanted(
        IReadOnlyList<ResourceChange> changes,
        IReadOnlyDictionary<string, IReadOnlySet<string>> intended,
        IReadOnlySet<string>? looked = null
    )
    {
        var allowed = new Dictionary<string, ResourceChange>(StringComparer.Ordinal);
        var left = changes.ToList();
        while (left.FindIndex(change => WhyNot(change, intended, allowed, looked).Length == 0) is >= 0 and var at)
        {
            allowed[left[at].LogicalId] = left[at];
            left.RemoveAt(at);
        }

        return [.. left.Select(change => new UnwantedChange(change, WhyNot(change, intended, allowed, looked)))];
    }

    private static string WhyNot(
        ResourceChange change,
        IReadOnlyDictionary<string, IReadOnlySet<string>> intended,
        Dictionary<string, ResourceChange> allowed,
        IReadOnlySet<string>? looked
    )
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

        var own = intended.GetValueOrDefault(change.LogicalId);
        var why = change
            .Details.Where(detail => detail.Cause != "Automatic" || looked?.Contains(change.LogicalId) != true)
            .Select(detail => WhyNot(detail, change, own, allowed))
            .FirstOrDefault(each => each.Length > 0);
        return why ?? (MayBeReplaced(change, allowed) ? Replacement(change) : "");
    }

    /// <summary>
    /// A task definition always is. What names an attribute of a resource is said to be replaced on condition that the attribute
    /// changes; those of a resource that keeps its physical id do not.
    /// </summary>
    private static bool MayBeReplaced(ResourceChange change, Dictionary<string, ResourceChange> allowed) =>
        change.Type != Workloads.TaskDefinition
        && change.Replacement switch
        {
            "True" => true,
            "Conditional" => !change.Details.All(detail =>
                detail is { IsReference: true, IsDynamic: true } && !allowed[detail.CausingResource].IsReplaced
            ),
            _ => false,
        };

    private static string Replacement(ResourceChange change) =>
        change.IsReplaced ? "it would be replaced" : "it might be replaced";

    private static string WhyNot(
        ChangeDetail detail,
        ResourceChange change,
        IReadOnlySet<string>? own,
        Dictionary<string, ResourceChange> allowed
    )
    {
        var what = detail.Name.Length > 0 ? detail.Name : detail.Attribute;
        return detail.Cause switch
        {
            "DirectModification" when own?.Contains(detail.Name) == true => "",
            // CloudFormation adds this to the reference that is the cause.
            "DirectModification" when detail.IsDynamic && HasReference(change, detail.Name, allowed) => "",
            "DirectModification" => $"its {what} would change",
            "ResourceReference" or "ResourceAttribute" => allowed.ContainsKey(detail.CausingResource)
                ? ""
                : $"its {what} would change with {detail.Entity}",
            "ParameterReference" => $"its {what} would change with parameter {detail.Entity}",
            "Automatic" => "its template may have changed",
            var cause => $"its {what} would change ({(cause.Length > 0 ? cause : "CloudFormation does not say why")})",
        };
    }

    private static bool HasReference(
        ResourceChange change,
        string property,
        Dictionary<string, ResourceChange> allowed
    ) =>
        change.Details.Any(other =>
            other.IsReference && other.Name == property && allowed.ContainsKey(other.CausingResource)
        );
}

/// <summary>A change that was not meant.</summary>
/// <param name="Change">What would be done.</param>
/// <param name="Reason">Why it was not meant, as part of a sentence.</param>
internal sealed record UnwantedChange(ResourceChange Change, string Reason)
{
    /// <summary>Its logical id, after those of the nested stacks that it is in.</summary>
    public string Path { get; init; } = Change.LogicalId;
}

using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud.Stacks;

/// <summary>What a change set does to a resource (CloudFormation API reference, "ResourceChange").</summary>
internal sealed record TestChange(string Id, string Type, string Action, string Replacement)
{
    private const string TypeKey = "Type";

    public List<TestChangeDetail> Details { get; } = [];

    /// <summary>The change set for a nested stack; null if there is none.</summary>
    public string? ChangeSet { get; set; }

    /// <summary>
    /// The changes between two templates, and those that follow from them: references to replaced resources, and
    /// attributes of changed ones (CloudFormation API reference, "ResourceChangeDetail").
    /// </summary>
    /// <param name="old">The deployed template.</param>
    /// <param name="wanted">The template to deploy.</param>
    /// <param name="moved">Parameters that resolve to a new value.</param>
    public static IReadOnlyList<TestChange> Between(JsonNode old, JsonNode wanted, IReadOnlySet<string> moved)
    {
        var (before, after) = (old["Resources"]!.AsObject(), wanted["Resources"]!.AsObject());
        var changes = new List<TestChange>();
        foreach (var id in before.Select(each => each.Key).Union(after.Select(each => each.Key)))
        {
            var (was, becomes) = (before[id], after[id]);
            var type = (becomes ?? was)![TypeKey]!.GetValue<string>();
            if (was is null || becomes is null)
            {
                changes.Add(new TestChange(id, type, was is null ? "Add" : "Remove", ""));
                continue;
            }

            var (these, those) = (PropertiesOf(was), PropertiesOf(becomes));
            var change = new TestChange(id, type, "Modify", type == "AWS::ECS::TaskDefinition" ? "True" : "False");
            foreach (var name in these.Select(each => each.Key).Union(those.Select(each => each.Key)))
            {
                if (these[name]?.ToJsonString() != those[name]?.ToJsonString())
                {
                    change.Details.Add(new TestChangeDetail(name, "Static", "DirectModification", ""));
                }

                foreach (var parameter in moved.Where(each => Refers(those[name], "Ref", each)))
                {
                    change.Details.Add(new TestChangeDetail(name, "Static", "ParameterReference", parameter));
                }
            }

            if (change.Details.Count > 0)
            {
                changes.Add(change);
            }
        }

        Follow(changes, after);
        return changes;
    }

    /// <summary>
    /// Parameters of a nested stack that depend on a change: a reference on a replacement, an attribute on any change.
    /// </summary>
    public static IReadOnlyList<string> PassedBy(JsonNode nested, IReadOnlyList<TestChange> changes) =>
        [
            .. (PropertiesOf(nested)["Parameters"]?.AsObject() ?? [])
                .Where(parameter => changes.Any(change => IsCause(change, parameter.Value)))
                .Select(parameter => parameter.Key),
        ];

    private static bool IsCause(TestChange change, JsonNode? value) =>
        (change.Replacement == "True" && Refers(value, "Ref", change.Id)) || Refers(value, "Fn::GetAtt", change.Id);

    private static void Follow(List<TestChange> changes, JsonObject resources)
    {
        for (var at = 0; at < changes.Count; at++)
        {
            var cause = changes[at];
            foreach (var (id, resource) in resources.Where(each => each.Key != cause.Id))
            {
                var type = resource![TypeKey]!.GetValue<string>();
                foreach (var (name, value) in PropertiesOf(resource))
                {
                    var isReference = cause.Replacement == "True" && Refers(value, "Ref", cause.Id);
                    if (!isReference && !Refers(value, "Fn::GetAtt", cause.Id))
                    {
                        continue;
                    }

                    var known = changes.Find(each => each.Id == id);
                    if (known is null)
                    {
                        // ResourceId names what a scalable target scales; a change of it may replace the target.
                        known = new TestChange(id, type, "Modify", name == "ResourceId" ? "Conditional" : "False");
                        changes.Add(known);
                    }

                    known.Details.Add(
                        isReference
                            ? new TestChangeDetail(name, "Static", "ResourceReference", cause.Id)
                            : new TestChangeDetail(name, "Dynamic", "ResourceAttribute", $"{cause.Id}.Name")
                    );
                }
            }
        }
    }

    private static JsonObject PropertiesOf(JsonNode resource) => resource["Properties"]?.AsObject() ?? [];

    private static bool Refers(JsonNode? value, string function, string id) =>
        value switch
        {
            JsonObject { Count: 1 } call when call[function] is { } argument => argument is JsonArray list
                ? list[0]!.GetValue<string>() == id
                : argument.ToString() == id,
            JsonObject members => members.Any(member => Refers(member.Value, function, id)),
            JsonArray items => items.Any(item => Refers(item, function, id)),
            _ => false,
        };
}

/// <summary>Why a resource changes.</summary>
internal sealed record TestChangeDetail(string Property, string Evaluation, string Cause, string Entity);

using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud.Stacks;

/// <summary>
/// Creates change sets by comparing templates, including those of nested stacks, which are in buckets.
/// </summary>
/// <param name="stacks">What is deployed.</param>
/// <param name="buckets">Where the templates of nested stacks are.</param>
/// <param name="sets">Every change set created so far.</param>
internal sealed class ChangeSetMaking(TestStacks stacks, TestBuckets buckets, List<TestChangeSet> sets)
{
    /// <summary>Creates a change set, after those of its nested stacks.</summary>
    /// <param name="stack">The stack that it updates.</param>
    /// <param name="name">Its name.</param>
    /// <param name="text">The new template.</param>
    /// <param name="more">
    /// Changes that only CloudFormation knows; the change set that is created first gets them.
    /// </param>
    /// <param name="passed">Parameters to which the parent stack passes a new value.</param>
    public TestChangeSet Make(
        TestStack stack,
        string name,
        string text,
        List<TestChange> more,
        IReadOnlyCollection<string>? passed = null
    )
    {
        var moved = stack
            .ResolvedNow.Where(each => stack.Resolved.GetValueOrDefault(each.Key) != each.Value)
            .Select(each => each.Key)
            .Concat(passed ?? [])
            .ToHashSet(StringComparer.Ordinal);
        var wanted = JsonNode.Parse(text)!;
        var changes = TestChange.Between(JsonNode.Parse(stack.Text)!, wanted, moved).ToList();
        var nested = new List<TestChangeSet>();
        string? problem = null;
        foreach (var (id, address) in NestedIn(wanted))
        {
            if (buckets.Find(address) is not { } inner)
            {
                problem = "TemplateURL must reference a valid S3 object to which you have access.";
                continue;
            }

            var child = stacks.Stacks.Find(each => each.Id == stack.Parts[id].PhysicalId)!;
            var set = Make(child, name, inner, more, TestChange.PassedBy(wanted["Resources"]![id]!, changes));
            problem ??= set.Problem;
            if (set.Changes.Count > 0)
            {
                nested.Add(set);
                var own = changes.Find(each => each.Id == id);
                if (own is null)
                {
                    changes.Add(own = new TestChange(id, "AWS::CloudFormation::Stack", "Modify", "False"));
                }

                own.Details.Add(new TestChangeDetail("", "Dynamic", "Automatic", ""));
                own.ChangeSet = set.Id;
            }
        }

        var made = new TestChangeSet
        {
            Id = $"{stack.Id.Replace(":stack/", ":changeSet/", StringComparison.Ordinal)}/{name}",
            Name = name,
            Stack = stack,
            Template = text,
            MadeFor = stack.UpdatedAt,
            Changes = [.. changes, .. more],
            Nested = nested,
            Passed = [.. passed ?? []],
            Problem = problem,
            // The change set of the top-level stack is complete after those of nested stacks.
            Status = stack.ParentId is null ? "CREATE_IN_PROGRESS" : "CREATE_COMPLETE",
        };
        more.Clear();
        sets.Add(made);
        return made;
    }

    private static IEnumerable<(string Id, string Address)> NestedIn(JsonNode template) =>
        template["Resources"]!
            .AsObject()
            .Where(each => $"{each.Value!["Type"]}" == "AWS::CloudFormation::Stack")
            .Select(each => (each.Key, StackPlan.TextOf(each.Value!["Properties"]!["TemplateURL"]!)));
}

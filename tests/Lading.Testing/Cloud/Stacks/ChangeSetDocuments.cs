using System.Xml.Linq;

namespace Lading.Testing.Cloud.Stacks;

/// <summary>The changes and parameters of a change set, as CloudFormation returns them.</summary>
internal sealed class ChangeSetDocuments(XNamespace ns)
{
    // What a change set shows for a value that only the update determines.
    private const string KnownLater = "{{changeSet:KNOWN_AFTER_APPLY}}";

    public XElement ParameterOf(TestChangeSet set, KeyValuePair<string, string> parameter)
    {
        var member = new XElement(
            ns + "member",
            Text("ParameterKey", parameter.Key),
            Text("ParameterValue", set.Passed.Contains(parameter.Key) ? KnownLater : parameter.Value)
        );
        if (set.Stack.ResolvedNow.TryGetValue(parameter.Key, out var now))
        {
            member.Add(Text("ResolvedValue", now));
        }

        return member;
    }

    public XElement Of(TestChange change) =>
        new(
            ns + "member",
            Text("Type", "Resource"),
            new XElement(
                ns + "ResourceChange",
                Text("Action", change.Action),
                Text("LogicalResourceId", change.Id),
                Text("ResourceType", change.Type),
                Text("Replacement", change.Replacement),
                change.ChangeSet is { } nested ? Text("ChangeSetId", nested) : null,
                new XElement(
                    ns + "Details",
                    change.Details.Select(detail => new XElement(
                        ns + "member",
                        new XElement(ns + "Target", Text("Attribute", "Properties"), Text("Name", detail.Property)),
                        Text("Evaluation", detail.Evaluation),
                        Text("ChangeSource", detail.Cause),
                        Text("CausingEntity", detail.Entity)
                    ))
                )
            )
        );

    private XElement Text(string name, string value) => new(ns + name, value);
}

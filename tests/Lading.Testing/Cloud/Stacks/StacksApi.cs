using System.Globalization;
using System.Xml.Linq;

namespace Lading.Testing.Cloud.Stacks;

/// <summary>The API of <see cref="TestStacks"/>: the query protocol of CloudFormation.</summary>
internal sealed class StacksApi(TestStacks stacks, TestBuckets buckets)
{
    private static readonly XNamespace Namespace = "http://cloudformation.amazonaws.com/doc/2010-05-15/";

    /// <summary>SSM's parameters.</summary>
    public ParametersApi Parameters => field ??= new ParametersApi(stacks.Parameters, () => stacks.Now, Denied);

    /// <summary>Change sets.</summary>
    public ChangeSetsApi ChangeSets { get; } = new(stacks, buckets, Namespace);

    /// <summary>How much time passes with each look at a stack that is in progress.</summary>
    public TimeSpan PassesAtLook { get; set; }

    public static IReadOnlyList<string> Operations { get; } =
    [
        "cloudformation:DescribeStacks",
        "cloudformation:GetTemplate",
        "cloudformation:ListStackResources",
        "cloudformation:DescribeStackEvents",
        "cloudformation:ListExports",
        .. ChangeSetsApi.Operations,
        .. ParametersApi.Operations,
    ];

    /// <summary>Operations that the caller may not use, of both services.</summary>
    public HashSet<string> Denied { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs before each answer, with the operation: somebody else's update, for example.</summary>
    public Action<string>? BeforeAnswer { get; set; }

    /// <summary>The page size of listings.</summary>
    public int PageSize { get; set; } = 100;

    public (int Status, string Body) Answer(string operation, IReadOnlyDictionary<string, string> form)
    {
        BeforeAnswer?.Invoke(operation);
        if (Denied.Contains(operation))
        {
            return (403, Error("AccessDenied", $"User is not authorized to perform: cloudformation:{operation}"));
        }

        var name = form.GetValueOrDefault("StackName");
        var found = name is null ? null : stacks.Stacks.Find(stack => stack.Name == name || stack.Id == name);
        if (name is not null && found is null)
        {
            return (400, Error("ValidationError", $"Stack with id {name} does not exist"));
        }

        if (ChangeSets.Answer(operation, form, found) is { } ofChangeSet)
        {
            return ofChangeSet.Error is { } code
                ? (400, Error(code, ofChangeSet.Message))
                : (200, Response(operation, ofChangeSet.Result));
        }

        if (operation == "DescribeStacks" && found is { IsInProgress: true } && PassesAtLook > TimeSpan.Zero)
        {
            stacks.Advance(PassesAtLook);
        }

        XElement[] result = operation switch
        {
            "DescribeStacks" => Page("Stacks", found is null ? stacks.Stacks.Select(Of) : [Of(found)], form),
            "GetTemplate" => [Text("TemplateBody", Readable(found!.Text))],
            "ListStackResources" => Page("StackResourceSummaries", found!.Parts.Select(Of), form),
            "DescribeStackEvents" => Page(
                "StackEvents",
                // The newest first, for 90 days.
                found!
                    .Events.AsEnumerable()
                    .Reverse()
                    .Where(each => stacks.Now - each.At < TimeSpan.FromDays(90))
                    .Select(each => Of(found, each)),
                form
            ),
            "ListExports" => Page("Exports", stacks.Exports.Select(Of), form),
            _ => throw new NotSupportedException(operation),
        };
        return (200, Response(operation, result));
    }

    private static string Response(string operation, XElement[] result) =>
        new XElement(
            Namespace + $"{operation}Response",
            new XElement(Namespace + $"{operation}Result", result.Cast<object>().ToArray())
        ).ToString(SaveOptions.DisableFormatting);

    /// <summary>CloudFormation returns ? for each non-ASCII character (aws-cdk#38708).</summary>
    private static string Readable(string template) =>
        string.Concat(template.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : "?"));

    private XElement[] Page(string list, IEnumerable<XElement> members, IReadOnlyDictionary<string, string> form)
    {
        var all = members.ToList();
        var from = int.Parse(form.GetValueOrDefault("NextToken") ?? "0", CultureInfo.InvariantCulture);
        var page = new XElement(Namespace + list, all.Skip(from).Take(PageSize).Cast<object>().ToArray());
        return from + PageSize < all.Count
            ? [page, Text("NextToken", (from + PageSize).ToString(CultureInfo.InvariantCulture))]
            : [page];
    }

    private static XElement Of(TestStack stack)
    {
        var member = new XElement(
            Namespace + "member",
            Text("StackName", stack.Name),
            Text("StackId", stack.Id),
            Text("StackStatus", stack.Status),
            Text("StackStatusReason", stack.StatusReason),
            Text("CreationTime", Time(stack.CreatedAt)),
            new XElement(
                Namespace + "Parameters",
                stack.Parameters.Select(each => new XElement(
                    Namespace + "member",
                    Text("ParameterKey", each.Key),
                    Text("ParameterValue", each.Value),
                    stack.Resolved.TryGetValue(each.Key, out var resolved) ? Text("ResolvedValue", resolved) : null
                ))
            ),
            new XElement(Namespace + "Capabilities", stack.Capabilities.Select(each => Text("member", each)))
        );
        if (stack.Role is { } role)
        {
            member.Add(Text("RoleARN", role));
        }

        if (stack.ParentId is { } parent)
        {
            member.Add(Text("ParentId", parent));
            member.Add(Text("RootId", parent));
        }

        if (stack.UpdatedAt is { } updated)
        {
            member.Add(Text("LastUpdatedTime", Time(updated)));
        }

        return member;
    }

    private static XElement Of(KeyValuePair<string, StackPart> part) =>
        new(
            Namespace + "member",
            Text("LogicalResourceId", part.Key),
            Text("PhysicalResourceId", part.Value.PhysicalId),
            Text("ResourceType", part.Value.Type),
            Text("ResourceStatus", part.Value.Status),
            Text("LastUpdatedTimestamp", Time(part.Value.UpdatedAt))
        );

    private static XElement Of(KeyValuePair<string, string> export) =>
        new(Namespace + "member", Text("Name", export.Key), Text("Value", export.Value));

    private static XElement Of(TestStack stack, StackHappening happening) =>
        new(
            Namespace + "member",
            Text("StackId", stack.Id),
            Text("StackName", stack.Name),
            Text("EventId", happening.Id),
            Text("OperationId", happening.Operation),
            Text("LogicalResourceId", happening.LogicalId),
            Text("PhysicalResourceId", happening.PhysicalId),
            Text("ResourceType", happening.Type),
            Text("Timestamp", Time(happening.At)),
            Text("ResourceStatus", happening.Status),
            Text("ResourceStatusReason", happening.Reason)
        );

    private static XElement Text(string name, string value) => new(Namespace + name, value);

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Error(string code, string message) =>
        $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>";
}

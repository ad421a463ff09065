using System.Globalization;
using Lading.Aws.Protocols;
using Lading.Running.Evidence;

namespace Lading.Aws.CloudFormation;

/// <summary>cloudformation:DescribeStacks of all stacks, including nested ones, or of one.</summary>
/// <param name="Stack">A name or ARN; null for all.</param>
/// <param name="Next">The token of a page; null for the first.</param>
/// <param name="AskedAt">The time of the request.</param>
internal sealed record DescribeStacks(string? Stack, string? Next, DateTimeOffset AskedAt)
    : QueryOperation<AwsPage<StackEvidence>>(AwsService.CloudFormation)
{
    /// <remarks>CloudFormation answers ValidationError if no stack has that name.</remarks>
    public override IReadOnlyCollection<string> Expected => Stack is null ? [] : ["ValidationError"];

    public override string Attempted =>
        Stack is null ? "Could not list the stacks" : $"Could not look at stack {Stack}";

    protected override void Write(QueryForm form) => form.Add("StackName", Stack).Add("NextToken", Next);

    protected override AwsPage<StackEvidence> Read(QueryAnswer result) =>
        new([.. result.Members("Stacks").Select(ReadStack)], result.FindText("NextToken"));

    private StackEvidence ReadStack(QueryAnswer stack) =>
        new()
        {
            Name = stack.GetText("StackName"),
            Id = stack.GetText("StackId"),
            ParentId = stack.FindText("ParentId") is { Length: > 0 } parent ? parent : null,
            Status = stack.GetText("StackStatus"),
            StatusReason = stack.FindText("StackStatusReason") ?? "",
            CreatedAt = StackTime.Parse(stack.FindText("CreationTime")),
            UpdatedAt = stack.FindText("LastUpdatedTime") is { Length: > 0 } updated ? StackTime.Parse(updated) : null,
            Parameters = Pairs(stack, "Parameters", "ParameterKey", "ResolvedValue", "ParameterValue"),
            Capabilities = [.. stack.Members("Capabilities").Select(each => each.Element.Value)],
            Role = stack.FindText("RoleARN") is { Length: > 0 } role ? role : null,
            Outputs = Pairs(stack, "Outputs", "OutputKey", "OutputValue", "OutputValue"),
            Source = new FactOrigin("cloudformation:DescribeStacks", stack.GetText("StackName"), AskedAt),
        };

    private static Dictionary<string, string> Pairs(
        QueryAnswer stack,
        string list,
        string key,
        string value,
        string otherwise
    )
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in stack.Members(list))
        {
            var text = member.FindText(value) is { Length: > 0 } resolved ? resolved : member.FindText(otherwise);
            pairs[member.GetText(key)] = text ?? "";
        }

        return pairs;
    }
}

/// <summary>Times in CloudFormation's format: <c>2026-11-29T02:47:00.000Z</c>.</summary>
internal static class StackTime
{
    public static DateTimeOffset Parse(string? text) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : DateTimeOffset.UnixEpoch;
}

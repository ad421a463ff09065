using Lading.Aws.Protocols;
using Lading.Rollbacks;

namespace Lading.Aws.CloudFormation;

/// <summary>cloudformation:DescribeChangeSet.</summary>
/// <param name="ChangeSet">An ARN.</param>
/// <param name="Next">The token of a page of changes; null for the first.</param>
/// <param name="MayBeMissing">Whether a missing change set is expected.</param>
internal sealed record DescribeChangeSet(string ChangeSet, string? Next, bool MayBeMissing = false)
    : QueryOperation<(ChangeSet ChangeSet, string? Next)>(AwsService.CloudFormation)
{
    public override string Attempted => "Could not look at the change set";

    public override IReadOnlyCollection<string> Expected => MayBeMissing ? ["ChangeSetNotFound"] : [];

    protected override void Write(QueryForm form) => form.Add("ChangeSetName", ChangeSet).Add("NextToken", Next);

    protected override (ChangeSet ChangeSet, string? Next) Read(QueryAnswer result)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in result.Members("Parameters"))
        {
            parameters[parameter.GetText("ParameterKey")] = parameter.FindText("ResolvedValue")
                is { Length: > 0 } resolved
                ? resolved
                : parameter.FindText("ParameterValue") ?? "";
        }

        var set = new ChangeSet
        {
            Id = result.GetText("ChangeSetId"),
            StackId = result.FindText("StackId") ?? "",
            Status = result.GetText("Status"),
            ExecutionStatus = result.FindText("ExecutionStatus") ?? "",
            Reason = result.FindText("StatusReason") ?? "",
            Parameters = parameters,
            Changes =
            [
                .. result
                    .Members("Changes")
                    .Select(change => change.Find("ResourceChange"))
                    .OfType<QueryAnswer>()
                    .Select(ReadChange),
            ],
        };
        return (set, result.FindText("NextToken"));
    }

    private static ResourceChange ReadChange(QueryAnswer change) =>
        new(
            change.GetText("LogicalResourceId"),
            change.GetText("ResourceType"),
            change.GetText("Action"),
            change.FindText("Replacement") ?? "",
            [
                .. change
                    .Members("Details")
                    .Select(detail => new ChangeDetail(
                        detail.Find("Target")?.FindText("Attribute") ?? "",
                        detail.Find("Target")?.FindText("Name") ?? "",
                        detail.FindText("ChangeSource") ?? "",
                        detail.FindText("CausingEntity") ?? "",
                        detail.FindText("Evaluation") == "Dynamic"
                    )),
            ]
        )
        {
            ChangeSet = change.FindText("ChangeSetId") is { Length: > 0 } nested ? nested : null,
        };
}

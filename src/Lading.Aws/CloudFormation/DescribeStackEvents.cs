using Lading.Aws.Protocols;
using Lading.Running.Evidence;

namespace Lading.Aws.CloudFormation;

/// <summary>cloudformation:DescribeStackEvents: the last 90 days, the newest first.</summary>
/// <param name="Stack">A name or ARN.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record DescribeStackEvents(string Stack, string? Next)
    : QueryOperation<AwsPage<StackEvent>>(AwsService.CloudFormation)
{
    public override string Attempted => $"Could not read the events of {Stack}";

    protected override void Write(QueryForm form) => form.Add("StackName", Stack).Add("NextToken", Next);

    protected override AwsPage<StackEvent> Read(QueryAnswer result) =>
        new(
            [
                .. result
                    .Members("StackEvents")
                    .Select(each => new StackEvent(
                        StackTime.Parse(each.FindText("Timestamp")),
                        each.FindText("PhysicalResourceId") ?? "",
                        each.FindText("ResourceType") ?? "",
                        each.FindText("ResourceStatus") ?? "",
                        each.FindText("ResourceStatusReason") ?? ""
                    )
                    {
                        LogicalId = each.FindText("LogicalResourceId") ?? "",
                    }),
            ],
            result.FindText("NextToken")
        );
}

using Lading.Aws.Protocols;
using Lading.Running.Evidence;

namespace Lading.Aws.CloudFormation;

/// <summary>cloudformation:ListStackResources.</summary>
/// <param name="Stack">An ARN.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListStackResources(string Stack, string? Next)
    : QueryOperation<AwsPage<StackResource>>(AwsService.CloudFormation)
{
    public override string Attempted => $"Could not list the resources of {Stack}";

    protected override void Write(QueryForm form) => form.Add("StackName", Stack).Add("NextToken", Next);

    protected override AwsPage<StackResource> Read(QueryAnswer result) =>
        new(
            [
                .. result
                    .Members("StackResourceSummaries")
                    .Select(resource => new StackResource(
                        resource.GetText("LogicalResourceId"),
                        resource.FindText("PhysicalResourceId") ?? "",
                        resource.GetText("ResourceType"),
                        resource.FindText("ResourceStatus") ?? "",
                        StackTime.Parse(
                            resource.FindText("LastUpdatedTimestamp") ?? resource.FindText("LastUpdatedTime")
                        )
                    )),
            ],
            result.FindText("NextToken")
        );
}

using Lading.Aws.Protocols;

namespace Lading.Aws.CloudFormation;

/// <summary>cloudformation:ListChangeSets of a stack: those that have not been executed.</summary>
/// <param name="Stack">An ARN.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListChangeSets(string Stack, string? Next)
    : QueryOperation<AwsPage<ListedChangeSet>>(AwsService.CloudFormation)
{
    public override string Attempted => $"Could not list the change sets of {Stack}";

    protected override void Write(QueryForm form) => form.Add("StackName", Stack).Add("NextToken", Next);

    protected override AwsPage<ListedChangeSet> Read(QueryAnswer result) =>
        new(
            [
                .. result
                    .Members("Summaries")
                    .Select(set => new ListedChangeSet(
                        set.GetText("ChangeSetId"),
                        set.FindText("ChangeSetName") ?? "",
                        set.FindText("Status") ?? "",
                        set.FindText("ExecutionStatus") ?? ""
                    )),
            ],
            result.FindText("NextToken")
        );
}

/// <summary>A change set in a listing.</summary>
/// <param name="Id">Its ARN.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">Such as <c>CREATE_COMPLETE</c>.</param>
/// <param name="ExecutionStatus">Such as <c>AVAILABLE</c>.</param>
internal sealed record ListedChangeSet(string Id, string Name, string Status, string ExecutionStatus)
{
    /// <summary>Whether it may still be executed: not if it failed, is deleted or obsolete.</summary>
    public bool IsPending =>
        Status is not ("FAILED" or "DELETE_COMPLETE" or "DELETE_PENDING" or "DELETE_IN_PROGRESS")
        && ExecutionStatus is not ("EXECUTE_COMPLETE" or "OBSOLETE");
}

using Lading.Aws.Protocols;

namespace Lading.Aws.CloudFormation;

/// <summary>cloudformation:DeleteChangeSet, with the change sets of nested stacks.</summary>
/// <param name="ChangeSet">An ARN.</param>
internal sealed record DeleteChangeSet(string ChangeSet) : QueryOperation<bool>(AwsService.CloudFormation)
{
    public override string Attempted => "Could not delete the change set";

    protected override void Write(QueryForm form) => form.Add("ChangeSetName", ChangeSet);

    protected override bool Read(QueryAnswer result) => true;
}

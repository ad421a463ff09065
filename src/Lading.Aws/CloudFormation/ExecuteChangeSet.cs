using Lading.Aws.Protocols;

namespace Lading.Aws.CloudFormation;

/// <summary>cloudformation:ExecuteChangeSet: begins it.</summary>
/// <param name="ChangeSet">An ARN.</param>
internal sealed record ExecuteChangeSet(string ChangeSet) : QueryOperation<bool>(AwsService.CloudFormation)
{
    public override string Attempted => "Could not execute the change set";

    public override IReadOnlyCollection<string> Expected => ["InvalidChangeSetStatus", "ChangeSetNotFound"];

    protected override void Write(QueryForm form) => form.Add("ChangeSetName", ChangeSet);

    protected override bool Read(QueryAnswer result) => true;
}

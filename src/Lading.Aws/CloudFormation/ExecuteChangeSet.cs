using Lading.Aws.Protocols;

namespace Lading.Aws.CloudFormation;

/// <summary>cloudformation:ExecuteChangeSet: starts the execution.</summary>
/// <param name="ChangeSet">An ARN.</param>
internal sealed record ExecuteChangeSet(string ChangeSet) : QueryOperation<bool>(AwsService.CloudFormation)
{
    public override string Attempted => "Could not execute the change set";

    public override IReadOnlyCollection<string> Expected => ["InvalidChangeSetStatus", "ChangeSetNotFound"];

    /// <remarks>The token makes a retry safe if the first attempt has started the execution.</remarks>
    protected override void Write(QueryForm form) =>
        form.Add("ChangeSetName", ChangeSet)
            .Add(
                "ClientRequestToken",
                ChangeSet[(ChangeSet.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('/', '-')
            );

    protected override bool Read(QueryAnswer result) => true;
}

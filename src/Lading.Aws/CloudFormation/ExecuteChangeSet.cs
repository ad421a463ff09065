using Lading.Aws.Protocols;

namespace Lading.Aws.CloudFormation;

/// <summary>cloudformation:ExecuteChangeSet: starts it.</summary>
/// <param name="ChangeSet">An ARN.</param>
internal sealed record ExecuteChangeSet(string ChangeSet) : QueryOperation<bool>(AwsService.CloudFormation)
{
    public override string Attempted => "Could not execute the change set";

    public override IReadOnlyCollection<string> Expected => ["InvalidChangeSetStatus", "ChangeSetNotFound"];

    /// <remarks>A token identifies a retry, in case the first attempt has started it.</remarks>
    protected override void Write(QueryForm form) =>
        form.Add("ChangeSetName", ChangeSet)
            .Add(
                "ClientRequestToken",
                ChangeSet[(ChangeSet.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('/', '-')
            );

    protected override bool Read(QueryAnswer result) => true;
}

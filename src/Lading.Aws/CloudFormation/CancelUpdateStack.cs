using Lading.Aws.Protocols;

namespace Lading.Aws.CloudFormation;

/// <summary>cloudformation:CancelUpdateStack: CloudFormation restores the state before the update in progress.</summary>
/// <param name="Stack">A name or ARN.</param>
internal sealed record CancelUpdateStack(string Stack) : QueryOperation<bool>(AwsService.CloudFormation)
{
    public override string Attempted => $"Could not cancel the update of {Stack}";

    /// <remarks>CloudFormation answers ValidationError if the update has ended.</remarks>
    public override IReadOnlyCollection<string> Expected => ["ValidationError"];

    protected override void Write(QueryForm form) => form.Add("StackName", Stack);

    protected override bool Read(QueryAnswer result) => true;
}

using Lading.Aws.Protocols;

namespace Lading.Aws.Iam;

/// <summary>iam:GetPolicy: the default version of a managed policy.</summary>
internal sealed record GetPolicy(string Policy) : QueryOperation<string>(AwsService.Iam)
{
    public override string Attempted => $"Could not look at policy {Policy}";

    protected override void Write(QueryForm form) => form.Add("PolicyArn", Policy);

    protected override string Read(QueryAnswer result) =>
        (result.Find("Policy") ?? throw new KeyNotFoundException("there is no Policy")).GetText("DefaultVersionId");
}

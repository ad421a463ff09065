using Lading.Aws.Protocols;

namespace Lading.Aws.Iam;

/// <summary>iam:GetPolicyVersion: the text of a managed policy (JSON; IAM returns it URL-encoded, RFC 3986).</summary>
internal sealed record GetPolicyVersion(string Policy, string Version) : QueryOperation<string>(AwsService.Iam)
{
    public override string Attempted => $"Could not read policy {Policy}";

    protected override void Write(QueryForm form) => form.Add("PolicyArn", Policy).Add("VersionId", Version);

    protected override string Read(QueryAnswer result) =>
        Uri.UnescapeDataString(
            (result.Find("PolicyVersion") ?? throw new KeyNotFoundException("there is no PolicyVersion")).GetText(
                "Document"
            )
        );
}

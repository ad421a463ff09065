using Lading.Aws.Protocols;

namespace Lading.Aws.Iam;

/// <summary>iam:GetRolePolicy: the text of a role's inline policy (JSON; IAM returns it URL-encoded, RFC 3986).</summary>
internal sealed record GetRolePolicy(string Role, string Policy) : QueryOperation<string>(AwsService.Iam)
{
    public override string Attempted => $"Could not read policy {Policy} of role {Role}";

    protected override void Write(QueryForm form) => form.Add("RoleName", Role).Add("PolicyName", Policy);

    protected override string Read(QueryAnswer result) => Uri.UnescapeDataString(result.GetText("PolicyDocument"));
}

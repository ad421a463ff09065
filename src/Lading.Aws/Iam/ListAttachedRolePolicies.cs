using Lading.Aws.Protocols;

namespace Lading.Aws.Iam;

/// <summary>iam:ListAttachedRolePolicies: the managed policies of a role.</summary>
/// <param name="Role">Its name.</param>
/// <param name="Marker">The token of a page; null for the first.</param>
internal sealed record ListAttachedRolePolicies(string Role, string? Marker)
    : QueryOperation<AwsPage<string>>(AwsService.Iam)
{
    public override string Attempted => $"Could not list the policies of role {Role}";

    public override IReadOnlyCollection<string> Expected => ["NoSuchEntity"];

    protected override void Write(QueryForm form) => form.Add("RoleName", Role).Add("Marker", Marker);

    protected override AwsPage<string> Read(QueryAnswer result) =>
        new(
            [.. result.Members("AttachedPolicies").Select(each => each.GetText("PolicyArn"))],
            result.FindText("IsTruncated") == "true" ? result.FindText("Marker") : null
        );
}

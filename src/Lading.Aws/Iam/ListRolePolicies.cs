using Lading.Aws.Protocols;

namespace Lading.Aws.Iam;

/// <summary>iam:ListRolePolicies: the names of a role's inline policies.</summary>
/// <param name="Role">Its name.</param>
/// <param name="Marker">The token of a page; null for the first.</param>
internal sealed record ListRolePolicies(string Role, string? Marker) : QueryOperation<AwsPage<string>>(AwsService.Iam)
{
    public override string Attempted => $"Could not list the policies of role {Role}";

    public override IReadOnlyCollection<string> Expected => ["NoSuchEntity"];

    protected override void Write(QueryForm form) => form.Add("RoleName", Role).Add("Marker", Marker);

    protected override AwsPage<string> Read(QueryAnswer result) =>
        new(
            [.. result.Members("PolicyNames").Select(each => each.Element.Value)],
            result.FindText("IsTruncated") == "true" ? result.FindText("Marker") : null
        );
}

using Lading.Aws.Protocols;

namespace Lading.Aws.Iam;

/// <summary>iam:GetRole: whether a role exists.</summary>
/// <param name="Role">Its name.</param>
internal sealed record GetRole(string Role) : QueryOperation<string>(AwsService.Iam)
{
    public override string Attempted => $"Could not look at role {Role}";

    public override IReadOnlyCollection<string> Expected => ["NoSuchEntity"];

    protected override void Write(QueryForm form) => form.Add("RoleName", Role);

    protected override string Read(QueryAnswer result) =>
        (result.Find("Role") ?? throw new KeyNotFoundException("there is no Role")).GetText("Arn");
}

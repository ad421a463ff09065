using Lading.Aws.Protocols;

namespace Lading.Aws.Sts;

/// <summary>Asks whose the credentials are. STS answers that to anybody; no permission is needed.</summary>
internal sealed record GetCallerIdentity() : QueryOperation<CallerIdentity>(AwsService.Sts)
{
    public override string Attempted => "Could not ask which account these credentials belong to";

    protected override CallerIdentity Read(QueryAnswer result) =>
        new(result.GetText("Account"), result.FindText("Arn") ?? "");
}

/// <summary>Who the credentials are.</summary>
/// <param name="Account">12 digits.</param>
/// <param name="Arn">The user or role.</param>
internal sealed record CallerIdentity(string Account, string Arn)
{
    /// <summary>What people call it: <c>alice</c> of <c>…:user/alice</c>, <c>Deploy/alice</c> of <c>…:assumed-role/Deploy/alice</c>.</summary>
    public string Name
    {
        get
        {
            var resource = Arn[(Arn.LastIndexOf(':') + 1)..];
            return resource[(resource.IndexOf('/', StringComparison.Ordinal) + 1)..];
        }
    }
}

using Lading.Aws.Protocols;

namespace Lading.Aws.Sts;

/// <summary>sts:GetCallerIdentity: the identity of the credentials, which needs no permission.</summary>
internal sealed record GetCallerIdentity() : QueryOperation<CallerIdentity>(AwsService.Sts)
{
    public override string Attempted => "Could not look up the account of these credentials";

    protected override CallerIdentity Read(QueryAnswer result) =>
        new(result.GetText("Account"), result.FindText("Arn") ?? "");
}

/// <summary>The identity of the credentials.</summary>
/// <param name="Account">12 digits.</param>
/// <param name="Arn">The user or role.</param>
internal sealed record CallerIdentity(string Account, string Arn)
{
    /// <summary>
    /// Its name in messages: <c>alice</c> of <c>…:user/alice</c>, <c>Deploy/alice</c> of
    /// <c>…:assumed-role/Deploy/alice</c>.
    /// </summary>
    public string Name
    {
        get
        {
            var resource = Arn[(Arn.LastIndexOf(':') + 1)..];
            return resource[(resource.IndexOf('/', StringComparison.Ordinal) + 1)..];
        }
    }
}

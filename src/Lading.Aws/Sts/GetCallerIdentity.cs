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
internal sealed record CallerIdentity(string Account, string Arn);

using System.Text;
using System.Text.Json;

namespace Lading.Aws.Ecr;

/// <summary>ecr:GetAuthorizationToken: the login of the account's registry, for 12 hours.</summary>
internal sealed record GetAuthorizationToken(string Account) : EcrOperation<EcrLogin>("")
{
    public override string Attempted => "Could not log in to ECR";

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteStartArray("registryIds");
        json.WriteStringValue(Account);
        json.WriteEndArray();
    }

    protected override EcrLogin Read(JsonElement answer)
    {
        var data = answer.GetProperty("authorizationData")[0];
        var decoded = Encoding.UTF8.GetString(
            Convert.FromBase64String(data.GetProperty("authorizationToken").GetString()!)
        );
        var colon = decoded.IndexOf(':', StringComparison.Ordinal);
        return new EcrLogin(
            decoded[..colon],
            decoded[(colon + 1)..],
            new Uri(data.GetProperty("proxyEndpoint").GetString()!.TrimEnd('/') + "/")
        );
    }
}

/// <summary>A login of ECR's registry.</summary>
/// <param name="User">Always <c>AWS</c>.</param>
/// <param name="Password">The token.</param>
/// <param name="Endpoint">The registry's address.</param>
internal sealed record EcrLogin(string User, string Password, Uri Endpoint)
{
    /// <summary>Hides its value, which could end up in a message.</summary>
    public override string ToString() => "ECR login";
}

using System.Text;
using System.Text.Json;
using Lading.Server.Access;

namespace Lading.Server.Ecr.Registries;

/// <summary>ecr:GetAuthorizationToken: the password for <c>docker login</c>, and the address.</summary>
internal sealed class GetAuthorizationTokenOperation : IEcrOperation
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        foreach (var id in call.Input.FindTexts("registryIds", 1, 10) ?? [])
        {
            if (id != call.Account)
            {
                throw new EcrException(
                    "AccessDeniedException",
                    $"the registry with id '{id}' is not this one, which is that of account '{call.Account}'"
                );
            }
        }

        var expiry = call.Now + Lifetime;
        var password = call.Registry.Passwords.Issue(LoginCheck.Login, expiry);
        var token = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{LoginCheck.AwsUser}:{password}"));
        return Task.FromResult<Action<Utf8JsonWriter>>(json =>
            json.WriteList(
                "authorizationData",
                [token],
                text =>
                {
                    json.WriteStartObject();
                    json.WriteString("authorizationToken", text);
                    json.WriteTime("expiresAt", expiry);
                    json.WriteString("proxyEndpoint", call.Origin.GetLeftPart(UriPartial.Authority));
                    json.WriteEndObject();
                }
            )
        );
    }
}

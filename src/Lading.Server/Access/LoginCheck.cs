using System.Text;
using Lading.Server.Distribution;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Access;

/// <summary>Whether a request of the distribution protocol is allowed: by a login, a password from ECR, or a presigned URL.</summary>
internal sealed class LoginCheck(RegistryLogins logins, RegistryPasswords passwords, TimeProvider time)
{
    /// <summary>The user name of all passwords from ecr:GetAuthorizationToken.</summary>
    public const string AwsUser = "AWS";

    /// <summary>The purpose of those passwords.</summary>
    public const string Login = "login";

    /// <summary>The query parameter of presigned URLs.</summary>
    public const string TokenQuery = "token";

    /// <exception cref="DistributionException">There is no login, or an unknown one.</exception>
    public void Require(HttpRequest request)
    {
        if (logins.AreNeeded && !HasToken(request) && !HasLogin(request))
        {
            request.HttpContext.Response.Headers.WWWAuthenticate = "Basic realm=\"Lading registry\"";
            throw new DistributionException(401, "UNAUTHORIZED", "this registry asks for a login");
        }
    }

    private bool HasToken(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Query[TokenQuery] is [{ } token]
        && passwords.Holds(request.Path.Value ?? "", token, time.GetUtcNow());

    private bool HasLogin(HttpRequest request)
    {
        const string Basic = "Basic ";
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[Basic.Length..].Trim(), bytes, out var length))
        {
            return false;
        }

        var login = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = login.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return false;
        }

        var (user, password) = (login[..colon], login[(colon + 1)..]);
        return user == AwsUser
            ? passwords.Holds(Login, password, time.GetUtcNow())
            : logins.Secrets.TryGetValue(user, out var secret) && SecretText.Equal(password, secret);
    }
}

using System.Text;
using System.Text.Json;
using Lading.Processes;

namespace Lading.Registry.Credentials;

/// <summary>The programs <c>docker-credential-…</c>, which keep logins in a safe place (Docker's credential helper protocol).</summary>
internal static class CredentialHelper
{
    /// <summary>The name that says that the secret is a refresh token.</summary>
    private const string TokenUser = "<token>";

    /// <summary>Asks one; null where it is missing or has nothing.</summary>
    public static async Task<RegistryLogin?> FindAsync(string helper, string name, CancellationToken cancellationToken)
    {
        try
        {
            var result = await ProgramRunner
                .RunAsync(
                    new ProgramCall($"docker-credential-{helper}", "get"),
                    Encoding.UTF8.GetBytes(name),
                    cancellationToken
                )
                .ConfigureAwait(false);
            return result.ExitCode == 0 ? Read(result.Output) : null;
        }
        catch (ProgramNotFoundException)
        {
            return null;
        }
    }

    private static RegistryLogin? Read(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            var user = document.RootElement.GetProperty("Username").GetString() ?? "";
            var secret = document.RootElement.GetProperty("Secret").GetString() ?? "";
            return user.Length == 0 || secret.Length == 0 ? null
                : user == TokenUser ? new RegistryLogin { IdentityToken = secret }
                : new RegistryLogin { User = user, Password = secret };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}

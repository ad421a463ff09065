using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Lading.Processes;

namespace Lading.Registry.Credentials;

/// <summary>
/// A program <c>docker-credential-…</c>, which stores logins securely (Docker's credential helper protocol). An error
/// of a helper is a failure, and never taken for "no login".
/// </summary>
/// <param name="Name">The part after <c>docker-credential-</c>.</param>
/// <param name="File">The file that names it.</param>
internal sealed record CredentialHelper(string Name, string File)
{
    /// <summary>The user name of a refresh token.</summary>
    private const string TokenUser = "<token>";

    private const int MaximumText = 300;

    /// <summary>Long enough to unlock a keychain.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(60);

    private string Program => $"docker-credential-{Name}";

    /// <summary>Requests the login of a server; null if the helper has none.</summary>
    /// <exception cref="LadingException">It is missing, fails, does not answer, or has an invalid answer.</exception>
    public async Task<RegistryLogin?> FindAsync(string server, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var result = await ProgramRunner
                .RunAsync(new ProgramCall(Program, "get"), Encoding.UTF8.GetBytes(server), limit.Token)
                .ConfigureAwait(false);
            return result.ExitCode == 0 ? Read(server, result.Output)
                : SaysNoLogin(result.Text) || SaysNoLogin(result.Error) ? null
                : throw Failure(
                    server,
                    $"{Program} failed (exit code {result.ExitCode}): {Excerpt(result.Text, result.Error)}"
                );
        }
        catch (ProgramNotFoundException)
        {
            throw Failure(server, $"{Program} is not on the PATH, or not executable");
        }
        catch (Win32Exception e)
        {
            throw Failure(server, $"{Program} cannot be started: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure(server, $"{Program} did not answer within {Limit.TotalSeconds:0} s");
        }
    }

    /// <summary>The protocol's message for a missing login, which some helpers embed in their own sentences.</summary>
    private static bool SaysNoLogin(string text) =>
        text.Contains("credentials not found", StringComparison.OrdinalIgnoreCase)
        || text.Contains("no credentials server URL", StringComparison.OrdinalIgnoreCase)
        || text.Contains("no credentials username", StringComparison.OrdinalIgnoreCase);

    private static string Excerpt(string output, string error)
    {
        var text = string.Join(
            ' ',
            $"{error} {output}".Split((char[])[' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)
        );
        var shown = string.Concat(text.Where(c => !char.IsControl(c)));
        return shown.Length == 0 ? "it said nothing"
            : shown.Length > MaximumText ? shown[..MaximumText] + "…"
            : shown;
    }

    private RegistryLogin? Read(string server, ReadOnlyMemory<byte> answer)
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
            // Its output may still contain a secret: none of it is repeated.
            throw Failure(server, $"{Program} answered with something that is not a login");
        }
    }

    private LadingException Failure(string server, string cameBack) =>
        new(
            $"Could not get the login for {server}",
            $"{cameBack}; {File} names it",
            $"Try it by hand: echo {server} | {Program} get. Install or repair it, or remove it from \"credsStore\" or \"credHelpers\" in {File} and log in again."
        );
}

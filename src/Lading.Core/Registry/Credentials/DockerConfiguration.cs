using System.Text;
using System.Text.Json;
using Lading.Oci;
using Lading.Processes;

namespace Lading.Registry.Credentials;

/// <summary>The logins of the user's own container tools: Docker's <c>config.json</c> with its credential helpers, then Podman's <c>auth.json</c>. Read, never written.</summary>
/// <param name="files">In the order in which they are looked at.</param>
internal sealed class DockerConfiguration(IReadOnlyList<string> files) : IRegistryCredentials
{
    /// <summary>The files of this user.</summary>
    /// <param name="variable">Gives environment variables.</param>
    /// <param name="home">The home folder.</param>
    public static DockerConfiguration OfUser(Func<string, string?> variable, string home)
    {
        var docker = variable("DOCKER_CONFIG") ?? Path.Combine(home, ".docker");
        var runtime = variable("XDG_RUNTIME_DIR");
        string?[] candidates =
        [
            variable("REGISTRY_AUTH_FILE"),
            Path.Combine(docker, "config.json"),
            runtime is null ? null : Path.Combine(runtime, "containers", "auth.json"),
            Path.Combine(home, ".config", "containers", "auth.json"),
        ];
        return new DockerConfiguration([.. candidates.OfType<string>()]);
    }

    public async Task<RegistryLogin?> FindAsync(string host, bool renew, CancellationToken cancellationToken)
    {
        foreach (var file in files.Where(File.Exists))
        {
            using var document = await ReadAsync(file, cancellationToken).ConfigureAwait(false);
            if (await FindAsync(document.RootElement, host, cancellationToken).ConfigureAwait(false) is { } login)
            {
                return login;
            }
        }

        return null;
    }

    private static async Task<JsonDocument> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return JsonDocument.Parse(await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false));
        }
        catch (JsonException e)
        {
            throw new LadingException(
                $"Could not read the logins in {file}",
                "it is no JSON",
                "Mend or remove it, and log in again.",
                innerException: e
            );
        }
    }

    private static async Task<RegistryLogin?> FindAsync(
        JsonElement configuration,
        string host,
        CancellationToken cancellationToken
    )
    {
        // Docker Hub's logins are kept under an address of its own.
        string[] names =
            host == ImageReference.DockerHub ? ["https://index.docker.io/v1/", host] : [host, $"https://{host}"];
        foreach (var name in names)
        {
            var helper =
                Text(configuration, "credHelpers", name)
                ?? (configuration.TryGetProperty("credsStore", out var store) ? store.GetString() : null);
            if (
                helper is { Length: > 0 }
                && await AskAsync(helper, name, cancellationToken).ConfigureAwait(false) is { } answer
            )
            {
                return answer;
            }

            if (
                configuration.TryGetProperty("auths", out var auths)
                && auths.ValueKind == JsonValueKind.Object
                && auths.TryGetProperty(name, out var entry)
                && OfEntry(entry) is { } login
            )
            {
                return login;
            }
        }

        return null;
    }

    private static RegistryLogin? OfEntry(JsonElement entry)
    {
        var token = entry.TryGetProperty("identitytoken", out var identity) ? identity.GetString() : null;
        if (!entry.TryGetProperty("auth", out var auth) || auth.GetString() is not { Length: > 0 } encoded)
        {
            return token is null ? null : new RegistryLogin { IdentityToken = token };
        }

        var decoded = Encoding.UTF8.GetString(Convert.FromBase64String(encoded)).TrimEnd('\0');
        var colon = decoded.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? null
            : new RegistryLogin
            {
                User = decoded[..colon],
                Password = decoded[(colon + 1)..],
                IdentityToken = token,
            };
    }

    /// <summary>Asks <c>docker-credential-HELPER get</c>; one that is missing or has nothing gives null.</summary>
    private static async Task<RegistryLogin?> AskAsync(string helper, string name, CancellationToken cancellationToken)
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
            if (result.ExitCode != 0)
            {
                return null;
            }

            using var answer = JsonDocument.Parse(result.Output);
            var user = answer.RootElement.GetProperty("Username").GetString() ?? "";
            var secret = answer.RootElement.GetProperty("Secret").GetString() ?? "";
            return user == "<token>"
                ? new RegistryLogin { IdentityToken = secret }
                : new RegistryLogin { User = user, Password = secret };
        }
        catch (Exception e) when (e is ProgramNotFoundException or JsonException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string member, string name) =>
        element.TryGetProperty(member, out var map)
        && map.ValueKind == JsonValueKind.Object
        && map.TryGetProperty(name, out var value)
            ? value.GetString()
            : null;
}

using System.Text.Json;
using Lading.Oci;

namespace Lading.Registry.Credentials;

/// <summary>
/// The logins of the user's own container tools: Docker's <c>config.json</c> with its credential helpers, then Podman's
/// <c>auth.json</c>. Read, never written.
/// </summary>
/// <param name="files">In order of precedence.</param>
internal sealed class DockerConfiguration(IReadOnlyList<string> files) : IRegistryCredentials
{
    /// <summary>The files of this user.</summary>
    /// <param name="variable">Returns environment variables.</param>
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
            if (await FindAsync(document.RootElement, file, host, cancellationToken).ConfigureAwait(false) is { } login)
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
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // A JSON error would quote bytes of the file: none of it is repeated.
            var why = JsonFault.Of(e);
            throw new LadingException(
                $"Could not read the logins in {file}",
                why,
                "Correct or remove it, and log in again."
            );
        }
    }

    private static async Task<RegistryLogin?> FindAsync(
        JsonElement configuration,
        string file,
        string host,
        CancellationToken cancellationToken
    )
    {
        var names = NamesOf(host);
        var helper =
            names.Select(name => configuration.FindText("credHelpers", name)).FirstOrDefault(IsSet)
            ?? configuration.FindText("credsStore");
        return (
                IsSet(helper)
                    ? await new CredentialHelper(helper!, file)
                        .FindAsync(names[0], cancellationToken)
                        .ConfigureAwait(false)
                    : null
            )
            ?? names
                .Select(name => LoginEntry.Read(configuration.TryGet(out var entry, "auths", name) ? entry : default))
                .FirstOrDefault(login => login is not null);
    }

    /// <summary>The keys under which tools store the login of a host; Docker Hub's is its old index address.</summary>
    private static string[] NamesOf(string host) =>
        host == ImageReference.DockerHub
            ? ["https://index.docker.io/v1/", "index.docker.io", host]
            :
            [
                host,
                $"https://{host}",
                $"https://{host}/",
                $"https://{host}/v2/",
                $"https://{host}/v1/",
                $"http://{host}",
            ];

    private static bool IsSet(string? text) => !string.IsNullOrEmpty(text);
}

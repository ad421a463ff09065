using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lading.Engines;
using Lading.Processes;
using Lading.Registry.Credentials;

namespace Lading.Cli.Docker;

/// <summary>
/// A temporary folder with the user's logins and those from the CDK, for an engine while it runs. The user's own files
/// are read, never written; the folder is private, and removed afterwards.
/// </summary>
internal sealed class EngineLogins : IDisposable
{
    private const string Auths = "auths";
    private const string Helpers = "credHelpers";

    private readonly string? folder;

    private EngineLogins(string? folder, IReadOnlyDictionary<string, string?> variables)
    {
        this.folder = folder;
        Variables = variables;
    }

    /// <summary>The environment variable with the folder's path; empty if the engine needs none.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; }

    /// <summary>Writes the logins for an engine.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="given">The logins from the CDK, by host.</param>
    /// <param name="configuration">The folder that the CDK uses instead of the user's <c>~/.docker</c>; null for none.</param>
    /// <param name="variable">Returns environment variables.</param>
    /// <param name="home">The home folder.</param>
    /// <exception cref="LadingException">The user's own file is not JSON.</exception>
    public static EngineLogins Write(
        Engine engine,
        IReadOnlyDictionary<string, RegistryLogin> given,
        string? configuration,
        Func<string, string?> variable,
        string home
    )
    {
        if (given.Count == 0 && configuration is null)
        {
            return new EngineLogins(null, new Dictionary<string, string?>(StringComparer.Ordinal));
        }

        var docker = configuration ?? variable("DOCKER_CONFIG") ?? Path.Combine(home, ".docker");
        var folder = TemporaryFolder.Create("logins").FullName;
        try
        {
            var (name, value) =
                engine is ContainersEngine
                    ? ("REGISTRY_AUTH_FILE", WriteForContainers(folder, given, docker, variable, home))
                    : ("DOCKER_CONFIG", WriteForDocker(folder, given, docker));
            return new EngineLogins(folder, new Dictionary<string, string?>(StringComparer.Ordinal) { [name] = value });
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public void Dispose()
    {
        if (folder is not null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>
    /// Writes Docker's configuration. Its plugins, contexts and builders are in the same folder, so everything else
    /// there is linked.
    /// </summary>
    private static string WriteForDocker(string folder, IReadOnlyDictionary<string, RegistryLogin> given, string docker)
    {
        const string File = "config.json";
        var merged = Read(Path.Combine(docker, File));
        Add(merged, given);
        foreach (var host in given.Keys)
        {
            // An empty helper disables the general one for this host.
            Part(merged, Helpers)[host] = "";
        }

        WriteFile(Path.Combine(folder, File), merged);
        foreach (var item in Directory.Exists(docker) ? new DirectoryInfo(docker).GetFileSystemInfos() : [])
        {
            if (item.Name != File)
            {
                Link(item, Path.Combine(folder, item.Name));
            }
        }

        return folder;
    }

    /// <summary>
    /// Writes one file for Podman and Buildah, which read either several files or only the one they are given: so it
    /// combines all.
    /// </summary>
    private static string WriteForContainers(
        string folder,
        IReadOnlyDictionary<string, RegistryLogin> given,
        string docker,
        Func<string, string?> variable,
        string home
    )
    {
        var merged = new JsonObject();
        string?[] files =
        [
            variable("REGISTRY_AUTH_FILE"),
            variable("XDG_RUNTIME_DIR") is { } runtime ? Path.Combine(runtime, "containers", "auth.json") : null,
            Path.Combine(home, ".config", "containers", "auth.json"),
            Path.Combine(docker, "config.json"),
        ];
        foreach (var read in files.OfType<string>().Select(Read))
        {
            foreach (var part in (string[])[Auths, Helpers])
            {
                // The first file with a login for a host wins.
                foreach (var (host, login) in Part(read, part).Where(pair => !Part(merged, part).ContainsKey(pair.Key)))
                {
                    Part(merged, part)[host] = login?.DeepClone();
                }
            }
        }

        Add(merged, given);
        foreach (var host in given.Keys)
        {
            Part(merged, Helpers).Remove(host);
        }

        var path = Path.Combine(folder, "auth.json");
        WriteFile(path, merged);
        return path;
    }

    private static void Add(JsonObject merged, IReadOnlyDictionary<string, RegistryLogin> given)
    {
        foreach (var (host, login) in given)
        {
            var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.User}:{login.Password}"));
            Part(merged, Auths)[host] = new JsonObject { ["auth"] = pair };
        }
    }

    private static JsonObject Part(JsonObject whole, string name)
    {
        if (whole[name] is not JsonObject part)
        {
            part = [];
            whole[name] = part;
        }

        return part;
    }

    private static JsonObject Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            // A JSON error would quote bytes of the file, which may be secret.
            throw new LadingException(
                $"Could not read the logins in {path}",
                "it is not JSON",
                "Correct or remove it, and log in again."
            );
        }
    }

    private static void WriteFile(string path, JsonObject content)
    {
        using var writer = new StreamWriter(PrivateFile.Create(path));
        writer.Write(content.ToJsonString());
    }

    private static void Link(FileSystemInfo item, string path)
    {
        try
        {
            if (item is DirectoryInfo)
            {
                Directory.CreateSymbolicLink(path, item.FullName);
            }
            else
            {
                File.CreateSymbolicLink(path, item.FullName);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // On Windows, creating links needs a privilege; plugins of the system are found anyway.
        }
    }
}

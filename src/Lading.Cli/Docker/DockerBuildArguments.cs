using System.Runtime.InteropServices;
using Lading.Engines;
using Lading.Oci;

namespace Lading.Cli.Docker;

/// <summary>What the CDK says to <c>docker build</c> when it publishes an asset.</summary>
internal sealed record DockerBuildArguments
{
    // What is said of caches and of what becomes of the result is Docker's own business.
    private static readonly string[] LeftOut =
    [
        "--cache-from",
        "--cache-to",
        "--output",
        "--no-cache",
        "--pull",
        "--quiet",
    ];

    /// <summary>The name of the result.</summary>
    public required string Name { get; init; }

    /// <summary>The folder that is the context.</summary>
    public string Context { get; private init; } = ".";

    public string Dockerfile { get; private init; } = "Dockerfile";

    public string? Target { get; private init; }

    /// <summary>As Docker does: the machine's own, unless another one is named.</summary>
    public Platform Platform { get; private init; } =
        RuntimeInformation.OSArchitecture == Architecture.Arm64 ? Platform.LinuxArm64 : Platform.LinuxAmd64;

    public IReadOnlyDictionary<string, string> Args { get; private init; } = Empty<string>();

    public IReadOnlyDictionary<string, string> Contexts { get; private init; } = Empty<string>();

    public IReadOnlyDictionary<string, SecretSource> Secrets { get; private init; } = Empty<SecretSource>();

    public IReadOnlyList<string> Ssh { get; private init; } = [];

    /// <summary>What was said and is left out.</summary>
    public IReadOnlyList<string> Ignored { get; private init; } = [];

    /// <summary>Reads the words after <c>build</c>.</summary>
    /// <exception cref="LadingException">They say something that cannot be done.</exception>
    public static DockerBuildArguments Read(IReadOnlyList<string> words)
    {
        var read = new DockerBuildArguments { Name = "" };
        var args = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var contexts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var secrets = new SortedDictionary<string, SecretSource>(StringComparer.Ordinal);
        var ssh = new List<string>();
        var ignored = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            var (option, joined) = word.StartsWith("--", StringComparison.Ordinal) ? Split(word) : (word, null);
            string Value() => joined ?? (++i < words.Count ? words[i] : throw Wrong(option, "its value is missing"));
            switch (option)
            {
                case "--build-arg":
                    var (key, value) = Split(Value());
                    // Without a value Docker takes the variable of that name.
                    args[key] = value ?? Environment.GetEnvironmentVariable(key) ?? "";
                    break;
                case "--build-context":
                    var (name, source) = Split(Value());
                    contexts[name] = source ?? throw Wrong(option, "its folder is missing");
                    break;
                case "--secret":
                    var (id, secret) = SecretOf(Value());
                    secrets[id] = secret;
                    break;
                case "--ssh":
                    ssh.Add(Value());
                    break;
                case "--tag":
                    read = read with { Name = Value() };
                    break;
                case "--target":
                    read = read with { Target = Value() };
                    break;
                case "--file":
                    read = read with { Dockerfile = Value() };
                    break;
                case "--platform":
                    var text = Value();
                    read = read with
                    {
                        Platform = Platform.TryParse(text, out var platform)
                            ? platform
                            : throw Wrong(option, $"'{text}' is no single platform"),
                    };
                    break;
                case "--network" when Value() is "default":
                    break;
                case "--no-cache" or "--pull" or "--quiet":
                    ignored.Add(option);
                    break;
                case var other when LeftOut.Contains(other):
                    ignored.Add($"{other} {Value()}");
                    break;
                case var other when other.StartsWith('-'):
                    throw Wrong(other, "it is not known here");
                default:
                    read = read with { Context = word };
                    break;
            }
        }

        return read.Name.Length == 0
            ? throw Wrong("--tag", "it is missing")
            : read with
            {
                Args = args,
                Contexts = contexts,
                Secrets = secrets,
                Ssh = ssh,
                Ignored = ignored,
            };
    }

    private static (string Id, SecretSource Secret) SecretOf(string text)
    {
        var parts = text.Split(',')
            .Select(Split)
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var id = parts.GetValueOrDefault("id") ?? throw Wrong("--secret", "its id is missing");
        var file = parts.GetValueOrDefault("src") ?? parts.GetValueOrDefault("source");
        return (id, new SecretSource(file is null ? parts.GetValueOrDefault("env") ?? id : null, file));
    }

    private static (string Key, string? Value) Split(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (text, null) : (text[..equals], text[(equals + 1)..]);
    }

    private static SortedDictionary<string, T> Empty<T>() => new(StringComparer.Ordinal);

    private static LadingException Wrong(string option, string why) =>
        LadingException.Usage(
            $"Could not read {option} of a build",
            why,
            "Build this one with an engine of your own: leave CDK_DOCKER out."
        );
}

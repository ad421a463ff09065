using System.Runtime.InteropServices;
using Lading.Engines;
using Lading.Oci;

namespace Lading.Cli.Docker;

/// <summary>The arguments of <c>docker build</c> when the CDK publishes an asset.</summary>
internal sealed record DockerBuildArguments
{
    private readonly List<(BuildOption Option, string Value)> others = [];

    /// <summary>The names of the result, at least one.</summary>
    public IReadOnlyList<string> Names { get; private init; } = [];

    /// <summary>The folder that is the context.</summary>
    public string Context { get; private init; } = ".";

    /// <summary>
    /// The Dockerfile as written, relative to the working directory; null for the one in the context.
    /// </summary>
    public string? Dockerfile { get; private init; }

    public string? Target { get; private init; }

    /// <summary>The platform; by default the machine's own, as in Docker.</summary>
    public Platform Platform { get; private init; } =
        RuntimeInformation.OSArchitecture == Architecture.Arm64 ? Platform.LinuxArm64 : Platform.LinuxAmd64;

    public SortedDictionary<string, string> Args { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, string> Contexts { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, SecretLocation> Secrets { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Ssh { get; private init; } = [];

    /// <summary>The file for the digest; null for none.</summary>
    public string? DigestFile { get; private init; }

    /// <summary>The file for the build's metadata; null for none.</summary>
    public string? MetadataFile { get; private init; }

    /// <summary>Whether to print only the digest.</summary>
    public bool IsQuiet { get; private init; }

    /// <summary>Parses the words after <c>build</c>.</summary>
    /// <param name="words">The words.</param>
    /// <param name="variable">Returns environment variables.</param>
    /// <exception cref="LadingException">They are not supported.</exception>
    public static DockerBuildArguments Read(IReadOnlyList<string> words, Func<string, string?> variable)
    {
        var line = BuildCommandLine.Read(words);
        var read = new DockerBuildArguments { Context = ContextOf(line.Rest) };
        foreach (var (option, value) in line.Options)
        {
            read = option.Name switch
            {
                "--build-arg" => read.WithArg(value, variable),
                "--build-context" => read.WithContext(value),
                "--secret" => read.WithSecret(value),
                "--ssh" => read with { Ssh = [.. read.Ssh, value] },
                "--tag" => read with { Names = [.. read.Names, value] },
                "--target" => read with { Target = value },
                "--file" => read with
                {
                    Dockerfile = value == "-" ? throw Wrong("--file -", "a Dockerfile is read from files only") : value,
                },
                "--platform" => read with
                {
                    Platform = Platform.TryParse(value, out var platform)
                        ? platform
                        : throw Wrong($"--platform {value}", "it is not one platform, and the CDK asks for one"),
                },
                "--iidfile" => read with { DigestFile = value },
                "--metadata-file" => read with { MetadataFile = value },
                "--quiet" => read with { IsQuiet = BuildOption.IsOn(value) },
                _ => read.WithOther(option, value),
            };
        }

        return read.Names.Count == 0 ? throw Wrong("no --tag", "the push that follows needs a name") : read;
    }

    /// <summary>The effect of the options that Lading does not handle itself on an engine.</summary>
    /// <exception cref="LadingException">One of them is not supported with this engine.</exception>
    public IReadOnlyList<BuildOptionEffect> UsesWith(Engine engine)
    {
        var uses = new List<BuildOptionEffect>();
        foreach (var (option, value) in others)
        {
            var use = (engine is ContainersEngine ? option.ForContainers : option.ForDocker)!(value);
            if (use.Refusal is { } refusal)
            {
                throw Wrong(option.TakesValue ? $"{option.Name} {value}" : option.Name, refusal);
            }

            uses.Add(use);
        }

        return uses;
    }

    private static string ContextOf(IReadOnlyList<string> rest) =>
        rest switch
        {
            ["-"] => throw Wrong("a context on standard input", "a context is a folder here"),
            [var one]
                when one.Contains("://", StringComparison.Ordinal)
                    || one.StartsWith("git@", StringComparison.Ordinal) => throw Wrong(
                $"the context {one}",
                "a context is a folder here"
            ),
            [var one] => one,
            [] => throw Wrong("no context", "a folder must be named, such as '.'"),
            _ => throw Wrong($"several contexts ({string.Join(", ", rest)})", "there can be one"),
        };

    private DockerBuildArguments WithArg(string value, Func<string, string?> variable)
    {
        var (key, given) = Split(value);
        // Without a value, Docker uses the environment variable of that name; without one, the Dockerfile's default.
        if ((given ?? variable(key)) is { } text)
        {
            Args[key] = text;
        }

        return this;
    }

    private DockerBuildArguments WithContext(string value)
    {
        var (name, source) = Split(value);
        Contexts[name] = source ?? throw Wrong($"--build-context {value}", "its folder is missing");
        return this;
    }

    private DockerBuildArguments WithSecret(string value)
    {
        var parts = CsvFields
            .Split(value)
            .Select(Split)
            .DistinctBy(pair => pair.Key)
            .ToDictionary(StringComparer.Ordinal);
        var id = parts.GetValueOrDefault("id") ?? throw Wrong($"--secret {value}", "its id is missing");
        var file = parts.GetValueOrDefault("src") ?? parts.GetValueOrDefault("source");
        var name = parts.GetValueOrDefault("env") ?? (parts.GetValueOrDefault("type") == "env" ? file : null);
        Secrets[id] =
            name is not null ? new SecretLocation(name, null)
            : file is not null ? new SecretLocation(null, file)
            : new SecretLocation(id, null);
        return this;
    }

    private DockerBuildArguments WithOther(BuildOption option, string value)
    {
        others.Add((option, value));
        return this;
    }

    private static (string Key, string? Value) Split(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (text, null) : (text[..equals], text[(equals + 1)..]);
    }

    private static LadingException Wrong(string option, string why) => BuildCommandLine.Wrong(option, why);
}

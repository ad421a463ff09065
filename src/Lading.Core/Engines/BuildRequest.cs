using Lading.Oci;

namespace Lading.Engines;

/// <summary>What an engine should build: one image for one platform, from folders with exactly the files it may see.</summary>
internal sealed record BuildRequest
{
    /// <summary>The image's name, for errors.</summary>
    public required string Image { get; init; }

    /// <summary>The folder of the build context.</summary>
    public required string Context { get; init; }

    /// <summary>A file outside the context; the file of the same name with <c>.dockerignore</c> is its empty ignore file.</summary>
    public required string Dockerfile { get; init; }

    public string? Target { get; init; }

    public required IReadOnlyDictionary<string, string> Args { get; init; }

    public required IReadOnlyDictionary<string, SecretLocation> Secrets { get; init; }

    public required IReadOnlyList<string> Ssh { get; init; }

    /// <summary>Named contexts: a folder, or <c>docker-image://reference</c>.</summary>
    public required IReadOnlyDictionary<string, string> Contexts { get; init; }

    /// <summary>The engine's build cache; null for none.</summary>
    public BuildCache? Cache { get; init; }

    public required Platform Platform { get; init; }

    /// <summary>The path for the result, which does not exist yet.</summary>
    public required string Output { get; init; }

    /// <summary>First and last lines, from 1, of instructions that the target does not need: their files are not in the context.</summary>
    public IReadOnlyList<(int First, int Last)> Unreached { get; init; } = [];

    /// <summary>Additional arguments for the engine's <c>build</c>.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The engine's environment variables; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } =
        new Dictionary<string, string?>(StringComparer.Ordinal);

    public string IgnoreFile => Dockerfile + ".dockerignore";
}

/// <summary>
/// The source of a build secret's value; exactly one of the two is set. The value itself never appears here.
/// </summary>
internal sealed record SecretLocation(string? Environment, string? File);

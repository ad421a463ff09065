using Lading.Configuration.Json;
using Lading.Oci;

namespace Lading.Configuration;

/// <summary>The contents of <c>lading.json</c>, validated.</summary>
internal sealed record LadingConfiguration
{
    /// <summary>The prefix of repositories, unless an image has its own.</summary>
    public required string Project { get; init; }

    /// <summary>By name, in byte order.</summary>
    public required IReadOnlyDictionary<string, ImageDefinition> Images { get; init; }

    /// <summary>Extra tags for every publish: text in which <c>{branch}</c> and <c>{commit}</c> are replaced.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The mutable tags that <c>lading check</c> accepts.</summary>
    public CheckSettings Check { get; init; } = CheckSettings.Strict;

    /// <summary>The unused images that <c>lading prune</c> keeps.</summary>
    public RetentionSettings Retention { get; init; } = RetentionSettings.Usual;

    /// <summary>By name, in byte order. <c>local</c> is always included.</summary>
    public required IReadOnlyDictionary<string, EnvironmentDefinition> Environments { get; init; }

    /// <summary>The definition of an image.</summary>
    /// <exception cref="LadingException">No image has that name.</exception>
    public ImageDefinition GetImage(string name) =>
        Images.GetValueOrDefault(name)
        ?? throw LadingException.Usage(
            $"Could not find image {name}",
            "lading.json has no such entry",
            Images.Count == 0 ? "It defines no images." : Suggestions.Choose(name, Images.Keys)
        );

    /// <summary>The definition of an environment.</summary>
    /// <exception cref="LadingException">No environment has that name.</exception>
    public EnvironmentDefinition GetEnvironment(string name) =>
        Environments.GetValueOrDefault(name)
        ?? throw LadingException.Usage(
            $"Could not find environment {name}",
            "lading.json has no such entry",
            Environments.Count == 1 && Environments.ContainsKey(EnvironmentDefinition.LocalName)
                ? $"It defines none but {EnvironmentDefinition.LocalName}, which is always there. Add one: \"environments\": {{ \"{name}\": {{ \"account\": \"111111111111\", \"region\": \"eu-central-1\" }} }}"
                : Suggestions.Choose(name, Environments.Keys)
        );

    /// <summary>The environments with given names.</summary>
    /// <param name="names">Comma-separated names.</param>
    /// <returns>Null if no name is given.</returns>
    /// <exception cref="LadingException">A named one does not exist.</exception>
    public IReadOnlyList<EnvironmentDefinition>? FindNamed(string? names)
    {
        const StringSplitOptions Words = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        return names?.Split(',', Words) is { Length: > 0 } named
            ? [.. named.Distinct(StringComparer.Ordinal).Select(GetEnvironment)]
            : null;
    }

    /// <summary>The environment whose registry has a given host, the preferred one first; null if there is none.</summary>
    public EnvironmentDefinition? FindByHost(string host, EnvironmentDefinition preferred)
    {
        var sought = EcrAddress.TryParse(host, out var ecr) ? ecr.Host : host;
        return Environments
            .Values.Prepend(preferred)
            .FirstOrDefault(each => string.Equals(each.RegistryHost, sought, StringComparison.Ordinal));
    }
}

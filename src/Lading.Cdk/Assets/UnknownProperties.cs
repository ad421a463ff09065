using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amazon.CDK;
using Lading.Fingerprints;

namespace Lading.Cdk.Assets;

/// <summary>
/// Properties of an asset that a newer version of the CDK library has and this one does not know. They may change what is built,
/// so they count: an asset that sets one is still the same image.
/// </summary>
internal static class UnknownProperties
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        // In the fingerprint.
        nameof(IDockerImageAssetSource.DirectoryName),
        nameof(IDockerImageAssetSource.DockerBuildArgs),
        nameof(IDockerImageAssetSource.DockerBuildSecrets),
        nameof(IDockerImageAssetSource.DockerBuildSsh),
        nameof(IDockerImageAssetSource.DockerBuildTarget),
        nameof(IDockerImageAssetSource.DockerFile),
        nameof(IDockerImageAssetSource.Platform),
        // Names, and how it is built: not what.
        nameof(IDockerImageAssetSource.AssetName),
        nameof(IDockerImageAssetSource.DockerCacheDisabled),
        nameof(IDockerImageAssetSource.DockerCacheFrom),
        nameof(IDockerImageAssetSource.DockerCacheTo),
        nameof(IDockerImageAssetSource.DockerOutputs),
        nameof(IDockerImageAssetSource.Executable),
        nameof(IDockerImageAssetSource.NetworkMode),
        nameof(IDockerImageAssetSource.SourceHash),
        "DisplayName",
    };

    /// <summary>The identity with the properties that are set beside those that are known; unchanged if there are none.</summary>
    /// <param name="fingerprint">What the known properties and the folder give.</param>
    /// <param name="asset">The asset.</param>
    /// <typeparam name="T">The properties: those of the version of the library that the app runs with.</typeparam>
    /// <exception cref="LadingException">One has a value that cannot be written down.</exception>
    public static Fingerprint Mixed<T>(Fingerprint fingerprint, T asset)
        where T : notnull
    {
        var unknown = StructCopy
            .PropertiesOf(typeof(T))
            .Where(property => !Known.Contains(property.Name))
            .Select(property => (property.Name, Value: property.GetValue(asset)))
            .Where(property => property.Value is not null)
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => $"\n{property.Name}={Text(property.Name, property.Value!)}")
            .ToList();
        return unknown.Count == 0
            ? fingerprint
            : Fingerprint.Of(SHA256.HashData(Encoding.UTF8.GetBytes(fingerprint.Hex + string.Concat(unknown))));
    }

    private static string Text(string name, object value) =>
        value is string or bool or double or string[] or bool[] ? JsonSerializer.Serialize(value)
        : value is IDictionary<string, string> map
            ? JsonSerializer.Serialize(new SortedDictionary<string, string>(map, StringComparer.Ordinal))
        : throw new LadingException(
            "Could not tell what an image asset is",
            $"it sets {name}, which this version of Lading does not know",
            "Update the Lading.Cdk package, or leave the property out."
        );
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amazon.CDK;
using Lading.Fingerprints;

namespace Lading.Cdk.Assets;

/// <summary>
/// Properties of an asset in newer versions of the CDK library that Lading does not know. They may change the result, so those
/// that are set become part of the asset's identity.
/// </summary>
internal static class UnknownProperties
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        // Part of the fingerprint.
        nameof(IDockerImageAssetSource.DirectoryName),
        nameof(IDockerImageAssetSource.DockerBuildArgs),
        nameof(IDockerImageAssetSource.DockerBuildSecrets),
        nameof(IDockerImageAssetSource.DockerBuildSsh),
        nameof(IDockerImageAssetSource.DockerBuildTarget),
        nameof(IDockerImageAssetSource.DockerFile),
        nameof(IDockerImageAssetSource.Platform),
        // Names, and how the image is built rather than what is built.
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

    // Newer than the oldest CDK library that Lading supports.
    private const string BuildContexts = "DockerBuildContexts";

    // Escapes no more than JavaScript does.
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// The identity including unknown properties that are set; unchanged if there are none. For build contexts that are folders, the
    /// content counts.
    /// </summary>
    /// <param name="fingerprint">The identity by the known properties and the folder.</param>
    /// <param name="asset">The asset.</param>
    /// <param name="folder">The asset's own folder, which build contexts are relative to.</param>
    /// <typeparam name="T">The properties: those of the version of the library that the app runs with.</typeparam>
    /// <exception cref="LadingException">One has a value that cannot be serialized.</exception>
    public static Fingerprint Mixed<T>(Fingerprint fingerprint, T asset, string folder)
        where T : notnull
    {
        var unknown = StructCopy
            .PropertiesOf(typeof(T))
            .Where(property => !Known.Contains(property.Name))
            .Select(property => (property.Name, Value: property.GetValue(asset)))
            .Where(property => property.Value is not null)
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => $"\n{property.Name}={Text(property.Name, property.Value!, folder)}")
            .ToList();
        return unknown.Count == 0
            ? fingerprint
            : Fingerprint.Of(SHA256.HashData(Encoding.UTF8.GetBytes(fingerprint.Hex + string.Concat(unknown))));
    }

    private static string Text(string name, object value, string folder) =>
        value is string or bool or double or string[] or bool[] ? JsonSerializer.Serialize(value, Plain)
        : value is IDictionary<string, string> map
            ? JsonSerializer.Serialize(
                new SortedDictionary<string, string>(
                    map.ToDictionary(
                        pair => pair.Key,
                        pair => name == BuildContexts ? WithContent(pair.Value, folder) : pair.Value,
                        StringComparer.Ordinal
                    ),
                    StringComparer.Ordinal
                ),
                Plain
            )
        : throw new LadingException(
            "Could not tell what an image asset is",
            $"it sets {name}, which this version of Lading does not know",
            "Update the Lading.Cdk package, or leave the property out."
        );

    /// <summary>A folder with a hash of its content; anything else, such as a URL or another image, as it is.</summary>
    private static string WithContent(string context, string folder)
    {
        var path = Path.GetFullPath(context, folder);
        return Path.Exists(path) ? $"{context}#{FileSystem.Fingerprint(path)}" : context;
    }
}

using System.Collections.ObjectModel;
using System.Text.Json;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>The platforms of an image: those of an index's manifests, or that of the configuration.</summary>
/// <param name="Platforms">The platforms in the order of their text, without unknown ones, such as those of
/// attestations, and incomplete ones.</param>
/// <param name="Manifests">The manifest of each platform; empty if the image is not an index.</param>
internal sealed record ImagePlatforms(
    IReadOnlyList<Platform> Platforms,
    IReadOnlyDictionary<Platform, Digest> Manifests
)
{
    /// <summary>Reads the platforms; null if the repository does not have the image, or has archived it.</summary>
    public static async Task<ImagePlatforms?> FindAsync(
        IReadableRepository repository,
        ManifestReference reference,
        CancellationToken cancellationToken
    )
    {
        var manifest = await repository.FindManifestContentAsync(reference, cancellationToken).ConfigureAwait(false);
        if (manifest is null)
        {
            return null;
        }

        return manifest.IsIndex
            ? OfIndex(manifest.Children)
            : new ImagePlatforms(
                manifest.Document.Config is { } config
                    ? OfConfiguration(await repository.ReadBlobAsync(config, cancellationToken).ConfigureAwait(false))
                    : [],
                ReadOnlyDictionary<Platform, Digest>.Empty
            );
    }

    /// <summary>The platform of a configuration; empty if it has none, or is not an image's (an artifact's may be anything).</summary>
    /// <param name="bytes">The blob's content.</param>
    public static IReadOnlyList<Platform> OfConfiguration(ReadOnlyMemory<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes.Span);
        try
        {
            return PlatformJsonConverter.Read(ref reader) is { } platform ? Valid([platform]) : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>
    /// The platforms of an index. Of several manifests for one platform (such as versions of Windows), the first
    /// counts, as for a pull.
    /// </summary>
    public static ImagePlatforms OfIndex(IReadOnlyList<Descriptor> children)
    {
        var platforms = Valid(children.Select(child => child.Platform).OfType<Platform>());
        return new ImagePlatforms(
            platforms,
            platforms.ToDictionary(
                platform => platform,
                platform => children.First(child => child.Platform == platform).Digest
            )
        );
    }

    /// <summary>The valid platforms, sorted: a configuration may omit parts, or contain anything.</summary>
    private static List<Platform> Valid(IEnumerable<Platform> platforms) =>
        [
            .. platforms
                .Where(platform =>
                    platform.Os is not "unknown"
                    && Platform.TryParse(platform.ToString(), out var parsed)
                    && parsed == platform
                )
                .Distinct()
                .OrderBy(platform => platform.ToString(), StringComparer.Ordinal),
        ];
}

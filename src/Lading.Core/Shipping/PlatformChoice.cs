using System.Text.Json;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>Selects the image of one platform.</summary>
internal static class PlatformChoice
{
    /// <summary>
    /// Selects the manifest for a platform from an index; a single manifest for it is returned as it is.
    /// </summary>
    /// <param name="repository">The image's repository.</param>
    /// <param name="manifest">The image or index.</param>
    /// <param name="platform">The platform to run on.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">It does not have that platform.</exception>
    public static async Task<ManifestContent> PickAsync(
        IReadableRepository repository,
        ManifestContent manifest,
        Platform platform,
        CancellationToken cancellationToken
    )
    {
        var attempted = $"Could not pick {platform} of {manifest.Digest} in {repository.Display}";
        if (!manifest.IsIndex)
        {
            var own = await OfImageAsync(repository, manifest, cancellationToken).ConfigureAwait(false);
            return own?.RunsOn(platform) == true
                ? manifest
                : throw new LadingException(attempted, $"it is for {own?.ToString() ?? "no platform"}");
        }

        if (Find(manifest.Children, platform) is not { } child)
        {
            var available = manifest
                .Children.Select(item => item.Platform)
                .OfType<Platform>()
                .Where(item => item.Os != "unknown")
                .Select(item => item.ToString())
                .Distinct(StringComparer.Ordinal);
            throw new LadingException(attempted, $"it has {string.Join(", ", available.DefaultIfEmpty("none"))}");
        }

        return await repository.FindManifestContentAsync(child.Digest, cancellationToken).ConfigureAwait(false)
            ?? throw new LadingException(attempted, $"its index names {child.Digest}, which is not there");
    }

    /// <summary>The child for exactly the platform, otherwise one that runs on it.</summary>
    public static Descriptor? Find(IReadOnlyList<Descriptor> children, Platform platform) =>
        children.FirstOrDefault(child => child.Platform?.Normalized() == platform.Normalized())
        ?? children.FirstOrDefault(child => child.Platform?.RunsOn(platform) == true);

    /// <summary>The platform in an image's configuration; null if it has none.</summary>
    public static async Task<Platform?> OfImageAsync(
        IReadableRepository repository,
        ManifestContent manifest,
        CancellationToken cancellationToken
    )
    {
        if (manifest.Document.Config is not { } config)
        {
            return null;
        }

        var bytes = await repository.ReadBlobAsync(config, cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(bytes, OciJson.Default.ImageConfiguration) is { Os: not "" } read
                ? read.Platform
                : null;
        }
        catch (JsonException)
        {
            // The configuration of something other than an image.
            return null;
        }
    }
}

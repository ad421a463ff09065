using System.Text;
using Lading.Layout;
using Lading.Oci;

namespace Lading.Testing;

/// <summary>Puts base images into a store: a configuration and no layers.</summary>
internal static class PublishedBases
{
    /// <summary>Puts an image under a tag, and returns its digest.</summary>
    /// <param name="store">The store of a registry.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="tag">The tag, which moves to it.</param>
    /// <param name="created">The creation time in its configuration.</param>
    /// <param name="onBuild">An <c>ONBUILD</c> instruction; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Digest> PutAsync(
        LayoutStore store,
        string repository,
        string tag,
        string created,
        string? onBuild,
        CancellationToken cancellationToken
    )
    {
        var target = await OpenAsync(store, repository, cancellationToken);
        var manifest = await PutAsync(target, Platform.LinuxAmd64, created, onBuild, cancellationToken);
        await target.PutManifestAsync(manifest, Tag.Parse(tag), cancellationToken);
        return manifest.Digest;
    }

    /// <summary>
    /// Puts an index of two platforms under a tag; the image of the second has an <c>ONBUILD</c> instruction.
    /// </summary>
    public static async Task<Digest> PutIndexAsync(
        LayoutStore store,
        string repository,
        string tag,
        CancellationToken cancellationToken
    )
    {
        var target = await OpenAsync(store, repository, cancellationToken);
        var children = new List<Descriptor>();
        foreach (var platform in new[] { Platform.LinuxAmd64, Platform.LinuxArm64 })
        {
            var onBuild = platform == Platform.LinuxArm64 ? "COPY . /src" : null;
            var manifest = await PutAsync(target, platform, "2026-01-01T00:00:00Z", onBuild, cancellationToken);
            children.Add(manifest.Descriptor with { Platform = platform });
        }

        var index = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciIndex,
                Manifests = children,
            }
        );
        await target.PutManifestAsync(index, Tag.Parse(tag), cancellationToken);
        return index.Digest;
    }

    /// <summary>Creates a repository whose tags may move.</summary>
    private static async Task<ImageLayout> OpenAsync(
        LayoutStore store,
        string name,
        CancellationToken cancellationToken
    )
    {
        var repository = RepositoryName.Parse(name);
        var record = new RepositoryRecord
        {
            Settings = RepositorySettings.MutableExcept(),
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        await store.CreateAsync(repository, record, cancellationToken);
        return store.Open(repository);
    }

    private static async Task<ManifestContent> PutAsync(
        IImageRepository target,
        Platform platform,
        string created,
        string? onBuild,
        CancellationToken cancellationToken
    )
    {
        var container = onBuild is null ? "{}" : $$"""{"OnBuild":["{{onBuild}}"]}""";
        var bytes = Encoding.UTF8.GetBytes(
            $$$"""{"architecture":"{{{platform.Architecture}}}","os":"{{{platform.Os}}}","created":"{{{created}}}","config":{{{container}}},"rootfs":{"type":"layers","diff_ids":[]}}"""
        );
        var config = new Descriptor
        {
            MediaType = MediaTypes.OciConfig,
            Digest = Digest.OfBytes(bytes),
            Size = bytes.Length,
        };
        var source = new ReadableBlob(config, _ => Task.FromResult<Stream>(new MemoryStream(bytes, writable: false)));
        await target.PutBlobAsync(source, null, cancellationToken);
        var manifest = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciManifest,
                Config = config,
                Layers = [],
            }
        );
        await target.PutManifestAsync(manifest, null, cancellationToken);
        return manifest;
    }
}

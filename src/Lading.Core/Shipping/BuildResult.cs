using Lading.Engines;
using Lading.Layout;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>Imports an engine's output into a layout.</summary>
internal static class BuildResult
{
    /// <summary>Imports the single image of an engine's output.</summary>
    /// <returns>Its manifest, in the layout.</returns>
    /// <exception cref="LadingException">The output has no image, or one for another platform.</exception>
    public static async Task<ManifestContent> TakeAsync(
        BuiltOutput output,
        Platform platform,
        ImageLayout target,
        CancellationToken cancellationToken
    )
    {
        if (output.Form == BuiltForm.DockerArchive)
        {
            return await DockerArchive
                .TakeAsync(output.Path, null, target, output.Path + ".unpacked", cancellationToken)
                .ConfigureAwait(false);
        }

        var source = new ImageLayout(output.Path);
        var index = await source.ReadIndexAsync(cancellationToken).ConfigureAwait(false);
        var manifest = await FindAsync(source, index, platform, cancellationToken).ConfigureAwait(false);
        await ImageCopy.RunAsync(source, manifest.Digest, target, null, cancellationToken).ConfigureAwait(false);
        return manifest;
    }

    private static async Task<ManifestContent> FindAsync(
        ImageLayout source,
        LayoutIndex index,
        Platform platform,
        CancellationToken cancellationToken
    )
    {
        foreach (var entry in index.Entries)
        {
            var content = await source.FindManifestContentAsync(entry.Digest, cancellationToken).ConfigureAwait(false);
            if (content is { IsIndex: false })
            {
                return content;
            }

            if (content?.Children.FirstOrDefault(child => child.Platform?.RunsOn(platform) == true) is { } child)
            {
                return (await source.FindManifestContentAsync(child.Digest, cancellationToken).ConfigureAwait(false))!;
            }
        }

        throw new LadingException($"Could not read what was built in {source.Display}", "it holds no image");
    }
}

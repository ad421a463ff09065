using Lading.Layout;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Locations;

/// <summary>An image on a command line.</summary>
/// <param name="Location">The location as written.</param>
/// <param name="Repository">The repository that has it.</param>
/// <param name="Reference">Its reference in the repository.</param>
/// <param name="Tag">The tag it was named by, or the only tag of a layout's only image; otherwise null.</param>
internal sealed record NamedImage(
    ImageLocation Location,
    IReadableRepository Repository,
    ManifestReference Reference,
    Tag? Tag
)
{
    /// <summary>The named image of a layout, or the only one.</summary>
    /// <exception cref="LadingException">None is named, and there are several.</exception>
    public static NamedImage OfLayout(ImageLocation location, IReadableRepository repository, LayoutIndex index)
    {
        if (location.Digest is { } digest)
        {
            return new NamedImage(location, repository, digest, location.Tag);
        }

        // In a Docker archive that is also a layout, the name may be the whole reference.
        if (location.Tag is { } tag)
        {
            return new NamedImage(location, repository, tag, tag);
        }

        var digests = index.Entries.Select(entry => entry.Digest).Distinct().ToList();
        var tags = string.Join(", ", index.Tags);
        return digests is [var only]
            ? new NamedImage(location, repository, only, index.TagsOf(only) is [var its] ? its : null)
            : throw LadingException.Usage(
                $"Could not choose an image of {location}",
                digests.Count == 0 ? "it holds none" : $"it holds {digests.Count}",
                tags.Length == 0 ? "Name one by its digest: …@sha256:…" : $"Name one by its tag: {tags}."
            );
    }

    /// <summary>Its manifest or index; the manifest of one platform if requested.</summary>
    /// <exception cref="LadingException">It does not exist.</exception>
    public async Task<ManifestContent> GetAsync(Platform? platform, CancellationToken cancellationToken)
    {
        var manifest =
            await Repository.FindManifestContentAsync(Reference, cancellationToken).ConfigureAwait(false)
            ?? throw new LadingException(
                $"Could not find {Location}",
                $"{Repository.Display} does not have {Reference}",
                $"List its tags: lading image list {ShellArgument.Of($"{Location with { Tag = null, Digest = null }}")}"
            );
        return platform is null
            ? manifest
            : await PlatformChoice.PickAsync(Repository, manifest, platform, cancellationToken).ConfigureAwait(false);
    }
}

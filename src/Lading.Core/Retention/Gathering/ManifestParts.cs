using Lading.Oci;

namespace Lading.Retention.Gathering;

/// <summary>The references in a manifest, without its text.</summary>
/// <param name="Children">The manifests of an index.</param>
/// <param name="Blobs">Configuration and layers.</param>
/// <param name="Subject">Its subject, if it is a referrer.</param>
internal sealed record ManifestParts(
    IReadOnlyList<Descriptor> Children,
    IReadOnlyList<Descriptor> Blobs,
    Digest? Subject
)
{
    public static ManifestParts Of(ManifestContent content, SharedDescriptors shared) =>
        new(
            [.. content.Children.Select(shared.Of)],
            [.. content.Blobs.Select(shared.Of)],
            content.Document.Subject?.Digest
        );
}

/// <summary>The descriptors of a repository, one object for each: most images share most of their layers.</summary>
internal sealed class SharedDescriptors
{
    private readonly Dictionary<Digest, Descriptor> all = [];

    public Descriptor Of(Descriptor descriptor)
    {
        if (!all.TryGetValue(descriptor.Digest, out var known))
        {
            known = new Descriptor
            {
                MediaType = string.Intern(descriptor.MediaType),
                Digest = descriptor.Digest,
                Size = descriptor.Size,
                Platform = descriptor.Platform,
            };
            all.Add(descriptor.Digest, known);
        }

        return known;
    }
}

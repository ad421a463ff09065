using Lading.Oci;
using Lading.Records;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>The intended image of a container.</summary>
/// <param name="Reference">The reference in the stack; null if that is unknown.</param>
/// <param name="Digest">The pinned digest, or the digest that the pinned tag has in its registry; null if neither is known.</param>
/// <param name="Tag">The pinned tag; null if a digest is pinned.</param>
/// <param name="Image">The image's name in the record; null if no record names it.</param>
/// <param name="Recorded">The digest in the record, if it differs from the template's; otherwise null.</param>
/// <param name="Problem">Why there is no digest, as part of a sentence; empty if there is one.</param>
internal sealed record Pin(
    ImageReference? Reference,
    Digest? Digest,
    Tag? Tag,
    string? Image,
    Digest? Recorded,
    string Problem
)
{
    /// <summary>Host and repository, as <see cref="RegistryImage.Repository"/> has them.</summary>
    public string? Repository => Reference is null ? null : $"{Reference.Host}/{Reference.Repository}";

    /// <summary>The pin of a container by the template and the record.</summary>
    public static Pin Of(NamedContainer container, EvidenceIndex evidence)
    {
        var recorded = evidence.FindRecorded(container);
        var text = container.Reference.Text;
        if (text is null)
        {
            text = evidence.FindRegistered(container);
        }

        if (text is null || !ImageReference.TryParse(text, out var reference))
        {
            return new Pin(
                null,
                recorded?.Digest,
                null,
                recorded?.Name,
                null,
                text is null
                    ? $"the template does not show its image: {container.Reference.Reason}"
                    : $"'{text}' is not an image reference"
            );
        }

        var other =
            recorded?.Digest is { } said && reference.Digest is { } named && said != named ? said : (Digest?)null;
        if (reference.Digest is { } digest)
        {
            return new Pin(reference, digest, null, recorded?.Name, other, "");
        }

        // A pinned tag may have moved; the registry has its current digest.
        var tag = reference.Tag ?? Oci.Tag.Parse("latest");
        var found = evidence.FindByTag(reference, tag);
        return new Pin(
            reference,
            found?.Digest,
            tag,
            recorded?.Name,
            null,
            found is null ? $"it is pinned by the tag {tag}, and its registry does not say which digest that names" : ""
        );
    }
}

/// <summary>A container's entry in a record.</summary>
/// <param name="Name">The image's name.</param>
/// <param name="Digest">Null if it is pinned by a tag.</param>
internal sealed record RecordedPin(string Name, Digest? Digest)
{
    public static RecordedPin? Find(StackRecord record, string use)
    {
        var (name, image) = record.Images.FirstOrDefault(each =>
            each.Value.UsedBy.Contains(use, StringComparer.Ordinal)
        );
        if (image is null)
        {
            return null;
        }

        return new RecordedPin(RecordedImage.NameOf(name), ReleaseFacts.DigestOf(image.Reference));
    }
}

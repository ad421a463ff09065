using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>What ECR tells of an image without its manifest.</summary>
internal sealed record ImageDetail(Digest Digest, IReadOnlyList<Tag> Tags, string MediaType, bool IsArchived)
{
    public FoundImage Found => new(Digest, MediaType, Tags, IsArchived);

    /// <summary>Whether a tag or digest names it.</summary>
    public bool Answers(ManifestReference reference) =>
        reference.Tag is { } tag ? Tags.Contains(tag) : reference.Digest == Digest;

    public static ImageDetail Read(JsonElement detail)
    {
        // ECR's own rules let tags be longer than the distribution specification's.
        var tags = detail.TryGetProperty("imageTags", out var names)
            ? names
                .EnumerateArray()
                .Select(name => Tag.TryParse(name.GetString(), out var tag) ? tag : (Tag?)null)
                .OfType<Tag>()
            : [];
        return new ImageDetail(
            Digest.Parse(detail.GetProperty("imageDigest").GetString()!),
            [.. tags.OrderBy(tag => tag.Name, StringComparer.Ordinal)],
            detail.TryGetProperty("imageManifestMediaType", out var type) ? type.GetString() ?? "" : "",
            detail.TryGetProperty("imageStatus", out var status) && status.GetString() is "ARCHIVED" or "ACTIVATING"
        );
    }
}

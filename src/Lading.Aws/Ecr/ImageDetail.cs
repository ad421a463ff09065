using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>What ECR tells of an image.</summary>
internal sealed record ImageDetail(Digest Digest, IReadOnlyList<Tag> Tags, string MediaType, bool IsArchived)
{
    public static ImageDetail Read(JsonElement detail)
    {
        var tags = detail.TryGetProperty("imageTags", out var names)
            ? names.EnumerateArray().Select(name => Tag.Parse(name.GetString()!))
            : [];
        return new ImageDetail(
            Digest.Parse(detail.GetProperty("imageDigest").GetString()!),
            [.. tags.OrderBy(tag => tag.Name, StringComparer.Ordinal)],
            detail.TryGetProperty("imageManifestMediaType", out var type) ? type.GetString() ?? "" : "",
            detail.TryGetProperty("imageStatus", out var status) && status.GetString() is "ARCHIVED" or "ACTIVATING"
        );
    }
}

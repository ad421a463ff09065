using System.Text.Json;
using Lading.Aws.Protocols;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>ECR's description of an image, without its manifest.</summary>
internal sealed record ImageDetail(Digest Digest, IReadOnlyList<Tag> Tags, string MediaType, bool IsArchived)
{
    /// <summary>All tags, including those that only ECR allows, in byte order.</summary>
    public IReadOnlyList<string> TagNames { get; init; } = [];

    /// <summary>When it was pushed; null if ECR does not return it.</summary>
    public DateTimeOffset? PushedAt { get; init; }

    /// <summary>When it was last pulled (<c>lastRecordedPullTime</c>); null if ECR has recorded no pull.</summary>
    public DateTimeOffset? PulledAt { get; init; }

    /// <summary>When it was last restored from the archive; null if it never was.</summary>
    public DateTimeOffset? ActivatedAt { get; init; }

    /// <summary>Its subject, if it is a referrer.</summary>
    public Digest? Subject { get; init; }

    /// <summary>The type of an artifact; empty if ECR does not return it.</summary>
    public string ArtifactType { get; init; } = "";

    /// <summary>The size of its configuration and layers in bytes (<c>imageSizeInBytes</c>); null if ECR does not return it.</summary>
    public long? Size { get; init; }

    public FoundImage Found => new(Digest, MediaType, Tags, IsArchived);

    /// <summary>Whether it has a given tag or digest.</summary>
    public bool Answers(ManifestReference reference) =>
        reference.Tag is { } tag ? Tags.Contains(tag) : reference.Digest == Digest;

    public static ImageDetail Read(JsonElement detail)
    {
        // ECR allows longer tags than the distribution specification.
        List<string> names = [.. AwsJson.Items(detail, "imageTags").Select(name => name.GetString()!)];
        names.Sort(StringComparer.Ordinal);
        var tags = names.Select(name => Tag.TryParse(name, out var tag) ? tag : (Tag?)null).OfType<Tag>();
        return new ImageDetail(
            Digest.Parse(detail.GetProperty("imageDigest").GetString()!),
            [.. tags],
            detail.FindText("imageManifestMediaType") ?? "",
            detail.FindText("imageStatus") is "ARCHIVED" or "ACTIVATING"
        )
        {
            TagNames = names,
            PushedAt = AwsJson.FindTime(detail, "imagePushedAt"),
            ActivatedAt = AwsJson.FindTime(detail, "lastActivatedAt"),
            PulledAt = AwsJson.FindTime(detail, "lastRecordedPullTime"),
            Subject = AwsJson.FindDigest(detail, "subjectManifestDigest"),
            ArtifactType = detail.FindText("artifactMediaType") ?? "",
            Size = detail.TryGet(out var size, "imageSizeInBytes") && size.TryGetInt64(out var bytes) ? bytes : null,
        };
    }
}

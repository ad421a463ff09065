using System.Text.Json.Serialization;
using Lading.Oci;

namespace Lading.Layout;

/// <summary>The data that the embedded registry has for a repository besides its images.</summary>
internal sealed record RepositoryRecord
{
    [JsonPropertyName("settings")]
    public required RepositorySettings Settings { get; init; }

    [JsonPropertyName("createdAt")]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonPropertyName("scanOnPush")]
    public bool ScanOnPush { get; init; }

    /// <summary>The text of a lifecycle policy; null for none. It is stored, not applied.</summary>
    [JsonPropertyName("lifecyclePolicy")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LifecyclePolicy { get; init; }

    /// <summary>The text of a repository policy; null for none. It is stored, not enforced.</summary>
    [JsonPropertyName("policy")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Policy { get; init; }

    /// <summary>AWS resource tags: key and value.</summary>
    [JsonPropertyName("resourceTags")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? ResourceTags { get; init; }

    /// <summary>Images in storage class ARCHIVE: digest, and when they were archived.</summary>
    [JsonPropertyName("archived")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, DateTimeOffset>? Archived { get; init; }

    /// <summary>Images that were restored from the archive: digest, and when.</summary>
    [JsonPropertyName("activated")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, DateTimeOffset>? Activated { get; init; }

    /// <summary>The encryption in ECR: <c>AES256</c>, <c>KMS</c>, <c>KMS_DSSE</c>. Nothing is encrypted here.</summary>
    [JsonPropertyName("encryptionType")]
    public string EncryptionType { get; init; } = "AES256";

    [JsonPropertyName("encryptionKey")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EncryptionKey { get; init; }

    /// <summary>The record with an image archived.</summary>
    public RepositoryRecord WithArchived(string digest, DateTimeOffset now) =>
        this with
        {
            Archived = With(Archived, digest, now),
            Activated = Without(Activated, [digest]),
        };

    /// <summary>The record with an image restored.</summary>
    public RepositoryRecord WithRestored(string digest, DateTimeOffset now) =>
        this with
        {
            Archived = Without(Archived, [digest]),
            Activated = With(Activated, digest, now),
        };

    /// <summary>The record without entries for deleted images.</summary>
    public RepositoryRecord WithoutImages(IReadOnlyCollection<string> digests) =>
        this with
        {
            Archived = Without(Archived, digests),
            Activated = Without(Activated, digests),
        };

    private static SortedDictionary<string, DateTimeOffset> With(
        IReadOnlyDictionary<string, DateTimeOffset>? times,
        string digest,
        DateTimeOffset now
    )
    {
        var changed = new SortedDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var (key, time) in times ?? changed)
        {
            changed[key] = time;
        }

        changed[digest] = now;
        return changed;
    }

    private static Dictionary<string, DateTimeOffset>? Without(
        IReadOnlyDictionary<string, DateTimeOffset>? times,
        IReadOnlyCollection<string> digests
    )
    {
        var remaining = times
            ?.Where(time => !digests.Contains(time.Key))
            .ToDictionary(time => time.Key, time => time.Value);
        return remaining is { Count: > 0 } ? remaining : null;
    }
}

[JsonSerializable(typeof(RepositoryRecord))]
[JsonSerializable(typeof(IReadOnlyList<DockerArchiveEntry>))]
internal sealed partial class LayoutJson : JsonSerializerContext;

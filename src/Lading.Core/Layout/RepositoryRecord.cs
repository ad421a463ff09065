using System.Text.Json.Serialization;
using Lading.Oci;

namespace Lading.Layout;

/// <summary>What the embedded registry keeps of a repository beside its images.</summary>
internal sealed record RepositoryRecord
{
    [JsonPropertyName("settings")]
    public required RepositorySettings Settings { get; init; }

    [JsonPropertyName("createdAt")]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonPropertyName("scanOnPush")]
    public bool ScanOnPush { get; init; }

    /// <summary>The text of a lifecycle policy; null for none. It is kept, not carried out.</summary>
    [JsonPropertyName("lifecyclePolicy")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LifecyclePolicy { get; init; }

    /// <summary>The text of a repository policy; null for none. It is kept, not enforced.</summary>
    [JsonPropertyName("policy")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Policy { get; init; }

    /// <summary>Tags of the AWS kind: key and value.</summary>
    [JsonPropertyName("resourceTags")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? ResourceTags { get; init; }

    /// <summary>Images in storage class ARCHIVE: digest, and since when.</summary>
    [JsonPropertyName("archived")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, DateTimeOffset>? Archived { get; init; }
}

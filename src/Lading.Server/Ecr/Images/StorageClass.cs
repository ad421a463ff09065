using Lading.Layout;
using Lading.Oci;

namespace Lading.Server.Ecr.Images;

/// <summary>Whether an image is active or archived, and since when.</summary>
/// <param name="Status">ACTIVE or ARCHIVED; a restored image is active at once.</param>
/// <param name="ArchivedAt">When it was last archived; null for never, or before it was last restored.</param>
/// <param name="ActivatedAt">When it was last restored; null for never.</param>
internal sealed record StorageClass(string Status, DateTimeOffset? ArchivedAt, DateTimeOffset? ActivatedAt)
{
    public bool IsArchived => Status == "ARCHIVED";

    public static StorageClass Of(RepositoryRecord record, Digest digest)
    {
        var key = digest.ToString();
        var archived = Find(record.Archived, key);
        return new StorageClass(archived is null ? "ACTIVE" : "ARCHIVED", archived, Find(record.Activated, key));
    }

    /// <summary>Whether it matches the <c>imageStatus</c> (or <c>artifactStatus</c>) of a request.</summary>
    public bool Passes(string filter) => filter == "ANY" || filter == Status;

    /// <summary>A filter by status; only active images by default.</summary>
    public static string ReadFilter(EcrRequestBody? filter, string name) =>
        filter?.FindChoice(name, "ACTIVE", "ARCHIVED", "ACTIVATING", "ANY") ?? "ACTIVE";

    private static DateTimeOffset? Find(IReadOnlyDictionary<string, DateTimeOffset>? times, string key) =>
        times is not null && times.TryGetValue(key, out var time) ? time : null;
}

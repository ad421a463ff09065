using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Deciding;

/// <summary>Removes duplicate images: a list that changes while it is being paged repeats some.</summary>
internal static class DistinctImages
{
    public static StoredRepository Of(StoredRepository repository)
    {
        if (repository.Images is PackedImages)
        {
            // Packing has removed duplicates.
            return repository;
        }

        var positions = new Dictionary<Digest, int>(repository.Images.Count);
        List<StoredImage>? distinct = null;
        for (var i = 0; i < repository.Images.Count; i++)
        {
            var image = repository.Images[i];
            if (positions.TryAdd(image.Digest, distinct?.Count ?? i))
            {
                distinct?.Add(image);
                continue;
            }

            distinct ??= [.. repository.Images.Take(i)];
            var at = positions[image.Digest];
            distinct[at] = Merge(distinct[at], image);
        }

        return distinct is null ? repository : repository with { Images = distinct };
    }

    /// <summary>Merges both entries: the later of two times, or unknown if either is, since that keeps more.</summary>
    private static StoredImage Merge(StoredImage one, StoredImage other) =>
        one with
        {
            Tags = [.. one.Tags.Union(other.Tags, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            PushedAt =
                one.PushedAt is { } pushed && other.PushedAt is { } again ? (pushed > again ? pushed : again) : null,
            PulledAt = one.PulledAt > other.PulledAt ? one.PulledAt : other.PulledAt ?? one.PulledAt,
            Subject = one.Subject ?? other.Subject,
            IsArchived = one.IsArchived || other.IsArchived,
            Children = one.Children is { } children && other.Children is { } more ? [.. children, .. more] : null,
            Blobs = one.Blobs is null || other.Blobs is null ? null : one.Blobs,
        };
}

using System.Globalization;
using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Deciding;

/// <summary>Keeps recently pushed or pulled images, and images with a tag that the policy keeps.</summary>
internal static class AgeRules
{
    /// <summary>The media type of a cache that BuildKit exports as an image.</summary>
    private const string CacheType = "application/vnd.buildkit.cacheconfig.";

    public static void Keep(RetainedImages kept, int graph, DateTimeOffset readAt, RetentionPolicy policy)
    {
        var images = kept.GraphAt(graph);
        var texts = new Texts(policy);
        for (var i = 0; i < images.Count; i++)
        {
            var image = images[i];
            if (image.Tags.Count > 0 && KeptTag(image, policy) is { } tag)
            {
                kept.Keep(new(graph, i), new KeepReason(KeepRule.Tag, $"tagged {tag}"), isNamed: true);
            }

            // Referrers are deleted with their subject, whatever their age: a scanner may attach a report to each image
            // every day.
            var isDependent = images.SubjectsOf(i).Count > 0 || IsReplacedCache(image);
            if (!isDependent && IsWithin(image.PushedAt, policy.Recent, readAt))
            {
                kept.Keep(new(graph, i), image.PushedAt is null ? Texts.UnknownAge : texts.Pushed, isNamed: true);
            }

            // An old mark may be due by the time somebody restores an image: the grace period starts again.
            if (image.ActivatedAt is { } activated && IsWithin(activated, Longer(policy.Recent, policy.Grace), readAt))
            {
                kept.Keep(new(graph, i), texts.Restored, isNamed: true);
            }

            // A publish that found the image wrote this tag, which does not change the image's push time.
            if (KeptOn(image) is { } day && IsWithin(day, Longer(policy.Recent, TimeSpan.FromDays(1)), readAt))
            {
                kept.Keep(new(graph, i), texts.KeptAgain, isNamed: true);
            }

            if (image.PulledAt is not null && IsWithin(image.PulledAt, policy.Pulled, readAt))
            {
                kept.Keep(new(graph, i), texts.Pulled, isNamed: true);
            }
        }
    }

    private static string? KeptTag(StoredImage image, RetentionPolicy policy)
    {
        if (
            image.Tags.FirstOrDefault(tag => tag.StartsWith(DeletionMark.AuditPrefix, StringComparison.Ordinal)) is
            { } audit
        )
        {
            return audit;
        }

        foreach (var pattern in policy.Keep)
        {
            foreach (var name in image.Tags)
            {
                if (TagFilter.Matches(pattern, name))
                {
                    return name;
                }
            }
        }

        return null;
    }

    /// <summary>The day of the last tag that overrides marks; null if there is none.</summary>
    private static DateTimeOffset? KeptOn(StoredImage image)
    {
        if (!image.Tags.Any(tag => tag.StartsWith(DeletionMark.Prefix, StringComparison.Ordinal)))
        {
            return null;
        }

        var days = DeletionMark
            .Of(image.Digest, image.Tags)
            .Where(mark => mark.IsKept)
            .Select(mark => mark.Day)
            .ToList();
        return days.Count == 0 ? null : new DateTimeOffset(days.Max(), TimeOnly.MinValue, TimeSpan.Zero);
    }

    private static TimeSpan Longer(TimeSpan first, TimeSpan second) => first > second ? first : second;

    /// <summary>Builds read a cache by its tag: no build reads a cache that was replaced under it.</summary>
    private static bool IsReplacedCache(StoredImage image) => image.Tags.Count == 0 && IsCache(image);

    private static bool IsCache(StoredImage image) =>
        image.ArtifactType?.StartsWith(CacheType, StringComparison.Ordinal) == true
        || image.Blobs?.Any(blob => blob.MediaType.StartsWith(CacheType, StringComparison.Ordinal)) == true;

    private static bool IsWithin(DateTimeOffset? time, TimeSpan age, DateTimeOffset readAt) =>
        age > TimeSpan.Zero && (time is null || readAt - time < age);

    /// <summary>The reasons, each created once: most images of a repository share them.</summary>
    private sealed class Texts(RetentionPolicy policy)
    {
        public static KeepReason UnknownAge { get; } =
            new(KeepRule.Recent, "of unknown age: its registry does not say when it was pushed");

        public KeepReason Pushed { get; } = new(KeepRule.Recent, $"pushed within the last {Days(policy.Recent)}");

        public KeepReason Restored { get; } =
            new(
                KeepRule.Recent,
                $"restored from the archive within the last {Days(Longer(policy.Recent, policy.Grace))}"
            );

        public KeepReason KeptAgain { get; } =
            new(
                KeepRule.Recent,
                $"kept by a publish within the last {Days(Longer(policy.Recent, TimeSpan.FromDays(1)))}"
            );

        public KeepReason Pulled { get; } =
            new(KeepRule.Pulled, $"pulled within the last {Days(policy.Pulled)}, by somebody who was not seen");

        private static string Days(TimeSpan age) =>
            string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:0} days");
    }
}

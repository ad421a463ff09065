using Lading.Configuration;
using Lading.Oci;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Retention.Deciding;

/// <summary>Keeps the images that <c>lading keep</c> added to <c>lading.json</c>, to the end of their last day.</summary>
internal static class KeptByName
{
    public static IEnumerable<ImageUse> Of(DateTimeOffset readAt, RetentionPolicy policy)
    {
        var today = UtcDay.Of(readAt);
        return policy
            .Kept.Where(kept => kept.Until >= today)
            .Select(kept => new ImageUse(
                UseKind.Kept,
                new UsedImage(null, kept.Repository, kept.Digest),
                $"kept until {UtcText.Day(kept.Until)}: {kept.Reason}",
                new FactOrigin("lading.json", "retention.keep", readAt)
            ));
    }
}

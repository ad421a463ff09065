using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>The last line of a publish: <c>2 images · 1 reused · 1 new · 3.2 MB sent · 4.1 s</c>.</summary>
internal static class ShippingSum
{
    public static string Of(IReadOnlyList<PublishedImage> published, TimeSpan took)
    {
        var reused = published.Count(image => image.Plan.Action is ShippingAction.Reuse or ShippingAction.Adopt);
        var fresh = published.Count - reused;
        var sent = published.Sum(image => image.BytesSent);
        var existing = published.Sum(image => image.BytesThere);
        string[] parts =
        [
            Words.Images(published.Count),
            .. reused > 0 ? [$"{reused} reused"] : Array.Empty<string>(),
            .. fresh > 0 ? [$"{fresh} new"] : Array.Empty<string>(),
            fresh == 0 ? "nothing sent"
            : existing > 0 ? $"{Amount.OfBytes(sent)} sent, {Amount.OfBytes(existing)} already there"
            : $"{Amount.OfBytes(sent)} sent",
            Amount.OfTime(took),
        ];
        return string.Join(" · ", parts);
    }
}

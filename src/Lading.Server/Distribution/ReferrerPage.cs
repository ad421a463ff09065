using System.Text.Json;
using Lading.Oci;

namespace Lading.Server.Distribution;

/// <summary>The referrers that fit one answer.</summary>
internal static class ReferrerPage
{
    /// <summary>Of the 4 MiB that a manifest may have, what the index around the referrers may need.</summary>
    private const int MostBytes = ManifestContent.MaximumSize - 1024;

    /// <param name="referrers">Those that are left.</param>
    /// <param name="count">The number that was asked for; null for all that fit.</param>
    public static (IReadOnlyList<Descriptor> Page, bool IsLast) Of(IEnumerable<Descriptor> referrers, int? count)
    {
        var page = new List<Descriptor>();
        var bytes = 0L;
        foreach (var referrer in referrers)
        {
            bytes += JsonSerializer.SerializeToUtf8Bytes(referrer, OciJson.Default.Descriptor).Length + 1;
            // One that is too large by itself still has to come.
            if (page.Count > 0 && (page.Count == count || bytes > MostBytes))
            {
                return (page, false);
            }

            page.Add(referrer);
        }

        return (page, true);
    }
}

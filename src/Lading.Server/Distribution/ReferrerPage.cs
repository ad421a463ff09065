using System.Text.Json;
using Lading.Oci;

namespace Lading.Server.Distribution;

/// <summary>The referrers that fit into one response.</summary>
internal static class ReferrerPage
{
    /// <summary>The limit for the referrers: the 4 MiB of a manifest, less what the index around them may need.</summary>
    private const int MaxBytes = ManifestContent.MaximumSize - 1024;

    /// <param name="referrers">The remaining referrers.</param>
    /// <param name="count">The requested number; null for all that fit.</param>
    public static (IReadOnlyList<Descriptor> Page, bool IsLast) Of(IEnumerable<Descriptor> referrers, int? count)
    {
        var page = new List<Descriptor>();
        var bytes = 0L;
        foreach (var referrer in referrers)
        {
            bytes += JsonSerializer.SerializeToUtf8Bytes(referrer, OciJson.Default.Descriptor).Length + 1;
            // One that is too large by itself must be sent anyway.
            if (page.Count > 0 && (page.Count == count || bytes > MaxBytes))
            {
                return (page, false);
            }

            page.Add(referrer);
        }

        return (page, true);
    }
}

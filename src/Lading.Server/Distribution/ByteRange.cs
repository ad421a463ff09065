using System.Globalization;

namespace Lading.Server.Distribution;

/// <summary>A part of a blob (RFC 9110, "Range"), both ends inclusive.</summary>
internal sealed record ByteRange(long First, long Last)
{
    private const string Unit = "bytes=";

    public long Length => Last - First + 1;

    public static ByteRange Whole(long size) => new(0, size - 1);

    /// <summary>Parses <c>bytes=a-b</c>, <c>bytes=a-</c> or <c>bytes=-n</c>.</summary>
    /// <param name="header">The header; null if there is none.</param>
    /// <param name="size">The size of the blob in bytes.</param>
    /// <param name="range">The part, limited to the blob; null if it is outside.</param>
    /// <returns>False to send the whole blob: no range, several ranges, or not in bytes.</returns>
    public static bool TryParse(string? header, long size, out ByteRange? range)
    {
        range = null;
        if (header is null || !header.StartsWith(Unit, StringComparison.Ordinal) || header.Contains(','))
        {
            return false;
        }

        var ends = header[Unit.Length..].Split('-');
        if (ends is not [var from, var to] || header.Length == Unit.Length + 1)
        {
            return false;
        }

        var first = 0L;
        var last = size - 1;
        if ((from.Length > 0 && !TryNumber(from, out first)) || (to.Length > 0 && !TryNumber(to, out last)))
        {
            return false;
        }

        if (from.Length == 0)
        {
            // A suffix range.
            first = Math.Max(0, size - last);
            last = size - 1;
        }

        last = Math.Min(last, size - 1);
        range = first <= last ? new ByteRange(first, last) : null;
        return true;
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

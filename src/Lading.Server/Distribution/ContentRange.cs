using System.Globalization;

namespace Lading.Server.Distribution;

/// <summary>The <c>Content-Range</c> of a part of an upload: <c>0-1023</c>, without a unit (distribution-spec 1.1, "Pushing a blob in chunks").</summary>
internal sealed record ContentRange(long First, long Last)
{
    public long Length => Last - First + 1;

    /// <summary>Parses it, including the unit and total that some HTTP clients write; null if it is invalid.</summary>
    public static ContentRange? Find(string text)
    {
        var numbers = text.StartsWith("bytes ", StringComparison.Ordinal) ? text[6..].Split('/')[0] : text;
        return
            numbers.Split('-') is [var from, var to]
            && long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && last >= first
            ? new ContentRange(first, last)
            : null;
    }
}

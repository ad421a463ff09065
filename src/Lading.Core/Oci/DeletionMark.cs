using System.Globalization;

namespace Lading.Oci;

/// <summary>
/// A tag that marks one image for deletion, <c>lading-expired-&lt;yyyymmdd&gt;-&lt;first 12 hex of the digest&gt;</c>, or overrides
/// such a mark, <c>lading-kept-…</c>. Each image has its own tags: a shared one would move, or be refused by an immutable repository.
/// Days are in UTC.
/// </summary>
/// <param name="IsKept">Whether it keeps the image.</param>
/// <param name="Day">The day it was written.</param>
/// <param name="Hex">The first 12 hex digits of the image's digest.</param>
internal readonly record struct DeletionMark(bool IsKept, DateOnly Day, string Hex)
{
    /// <summary>The prefix of all tags of this kind.</summary>
    public const string Prefix = "lading-";

    /// <summary>The prefix of the tags of deletion logs; such artifacts are always kept.</summary>
    public const string AuditPrefix = Prefix + "audit-";

    private const string Expired = Prefix + "expired-";
    private const string Kept = Prefix + "kept-";
    private const string DayFormat = "yyyyMMdd";
    private const int HexLength = 12;

    public Tag Tag =>
        Tag.Parse($"{(IsKept ? Kept : Expired)}{Day.ToString(DayFormat, CultureInfo.InvariantCulture)}-{Hex}");

    /// <summary>The mark for deletion.</summary>
    public static DeletionMark ExpiredOn(DateOnly day, Digest digest) => new(false, day, digest.Short);

    /// <summary>The tag that overrides all marks of an image: of today, or of a later day if a mark is from a clock that is ahead.</summary>
    /// <param name="today">Today, by the local clock.</param>
    /// <param name="digest">The image.</param>
    /// <param name="tags">All of its tags.</param>
    public static DeletionMark Outranking(DateOnly today, Digest digest, IEnumerable<string> tags) =>
        new(
            true,
            Of(digest, tags).Where(mark => !mark.IsKept).Select(mark => mark.Day).Append(today).Max(),
            digest.Short
        );

    /// <summary>Parses a tag; null if it is not a mark.</summary>
    public static DeletionMark? Find(string tag)
    {
        var isKept = tag.StartsWith(Kept, StringComparison.Ordinal);
        if (!isKept && !tag.StartsWith(Expired, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = tag.AsSpan((isKept ? Kept : Expired).Length);
        return
            rest.Length == DayFormat.Length + 1 + HexLength
            && rest[DayFormat.Length] == '-'
            && DateOnly.TryParseExact(
                rest[..DayFormat.Length],
                DayFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
            && !rest[(DayFormat.Length + 1)..].ContainsAnyExcept(Digest.HexDigits)
            ? new DeletionMark(isKept, day, rest[(DayFormat.Length + 1)..].ToString())
            : null;
    }

    /// <summary>
    /// Since when an image is marked for deletion: the day of its first mark after its last <c>lading-kept-…</c>; null if it is not
    /// marked, or every mark is overridden. Marks with another digest do not count.
    /// </summary>
    /// <param name="digest">The image.</param>
    /// <param name="tags">All of its tags.</param>
    public static DateOnly? MarkedSince(Digest digest, IEnumerable<string> tags)
    {
        List<DeletionMark>? marks = null;
        foreach (var tag in tags)
        {
            // Few tags are marks, and few images have one.
            if (Find(tag) is { } mark && mark.Hex == digest.Short)
            {
                (marks ??= []).Add(mark);
            }
        }

        if (marks is null)
        {
            return null;
        }

        var kept = marks.Where(mark => mark.IsKept).Select(mark => mark.Day).DefaultIfEmpty().Max();
        var standing = marks.Where(mark => !mark.IsKept && mark.Day > kept).Select(mark => mark.Day).ToList();
        return standing.Count == 0 ? null : standing.Min();
    }

    /// <inheritdoc cref="MarkedSince(Digest, IEnumerable{string})"/>
    public static DateOnly? MarkedSince(Digest digest, IEnumerable<Tag> tags) =>
        MarkedSince(digest, tags.Select(tag => tag.Name));

    /// <summary>Whether an image may be deleted within a day, allowing for clocks that are ahead.</summary>
    /// <param name="since">The day it was marked.</param>
    /// <param name="grace">The grace period in days.</param>
    /// <param name="today">The day of UTC.</param>
    public static bool MayGoSoon(DateOnly since, int grace, DateOnly today) => today >= since.AddDays(grace - 1);

    /// <summary>The marks among the tags of an image that have its digest.</summary>
    public static IEnumerable<DeletionMark> Of(Digest digest, IEnumerable<string> tags) =>
        tags.Select(Find).OfType<DeletionMark>().Where(mark => mark.Hex == digest.Short);
}

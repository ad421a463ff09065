using Lading.Oci;

namespace Lading.Tests.Oci;

public sealed class MarkingImages
{
    private static readonly Digest Image = Digest.OfBytes("image"u8);
    private static readonly DateOnly First = new(2026, 11, 1);

    [Fact]
    public void A_mark_names_its_day_and_its_image()
    {
        var mark = DeletionMark.ExpiredOn(new DateOnly(2026, 11, 29), Image);

        Assert.Equal($"lading-expired-20261129-{Image.Short}", mark.Tag.Name);
        Assert.Equal(mark, DeletionMark.Find(mark.Tag.Name));
    }

    [Fact]
    public void The_tag_that_keeps_an_image_names_its_day_and_its_image_too()
    {
        var kept = DeletionMark.Outranking(new DateOnly(2026, 11, 29), Image, []);

        Assert.Equal($"lading-kept-20261129-{Image.Short}", kept.Tag.Name);
        Assert.Equal(kept, DeletionMark.Find(kept.Tag.Name));
    }

    [Theory]
    [InlineData("src-0123456789012345678901234567890123456789")]
    [InlineData("lading-expired-20261329-0123456789ab")]
    [InlineData("lading-expired-20261129-0123456789AB")]
    [InlineData("lading-expired-20261129-0123456789abc")]
    [InlineData("lading-expired-20261129")]
    [InlineData("lading-kept-2026112-0123456789ab")]
    [InlineData("lading-audit-20261129")]
    public void Any_other_tag_is_not_a_mark(string tag) => Assert.Null(DeletionMark.Find(tag));

    [Fact]
    public void An_image_is_marked_since_the_first_of_its_marks() =>
        Assert.Equal(First, DeletionMark.MarkedSince(Image, Expired(First, First.AddDays(7))));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_tag_that_keeps_an_image_wins_over_a_mark_of_the_same_day_or_before(int later) =>
        Assert.Null(DeletionMark.MarkedSince(Image, [.. Expired(First), Kept(First.AddDays(later))]));

    [Fact]
    public void A_later_mark_wins_over_a_tag_that_kept_it() =>
        Assert.Equal(
            First.AddDays(9),
            DeletionMark.MarkedSince(Image, [.. Expired(First, First.AddDays(9)), Kept(First.AddDays(1))])
        );

    [Fact]
    public void A_mark_of_another_digest_is_ignored()
    {
        var other = DeletionMark.ExpiredOn(First, Digest.OfBytes("other"u8)).Tag.Name;

        Assert.Null(DeletionMark.MarkedSince(Image, [other]));
    }

    [Fact]
    public void A_mark_is_outranked_even_if_the_clock_is_behind()
    {
        var marked = Expired(First.AddDays(2));

        var kept = DeletionMark.Outranking(First, Image, marked);

        Assert.Null(DeletionMark.MarkedSince(Image, [.. marked, kept.Tag.Name]));
    }

    private static string[] Expired(params DateOnly[] days) =>
        [.. days.Select(day => DeletionMark.ExpiredOn(day, Image).Tag.Name)];

    private static string Kept(DateOnly day) => new DeletionMark(true, day, Image.Short).Tag.Name;
}

using Lading.Git;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Tests.Shipping;

public sealed class TellingRevisions
{
    private static readonly string A = new('a', 40);
    private static readonly string B = new('b', 64);

    [Fact]
    public void A_revision_is_converted_to_a_tag_and_back()
    {
        Assert.Equal($"git-{A}", RevisionTag.Of(ObjectId.Parse(A)).Name);
        Assert.Equal(A, RevisionTag.RevisionOf(RevisionTag.Of(ObjectId.Parse(A))));
        Assert.Equal(B, RevisionTag.RevisionOf(RevisionTag.Of(ObjectId.Parse(B))));
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("git-flow")]
    [InlineData("git-abcdef0")]
    [InlineData("src-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Other_tags_have_no_revision(string tag) => Assert.Null(RevisionTag.RevisionOf(Tag.Parse(tag)));

    [Fact]
    public void Everyone_reads_the_same_of_several()
    {
        Tag[] tags = [Tag.Parse("latest"), Tag.Parse($"git-{new string('c', 40)}"), Tag.Parse($"git-{A}")];

        Assert.Equal(A, RevisionTag.RevisionAmong(tags));
        Assert.Equal(A, RevisionTag.RevisionAmong(tags.Reverse()));
        Assert.Null(RevisionTag.RevisionAmong([Tag.Parse("latest")]));
    }
}

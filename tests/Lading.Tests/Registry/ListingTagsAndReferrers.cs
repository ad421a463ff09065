using Lading.Oci;
using Lading.Testing;
using Lading.Testing.Faults;

namespace Lading.Tests.Registry;

/// <summary>Listings are paged; in everything else registries differ.</summary>
public sealed class ListingTagsAndReferrers : IAsyncLifetime
{
    private static readonly Digest Subject = Digest.OfBytes("subject"u8);
    private FaultServer server = null!;
    private TestClient client = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private IImageRepository Repository => client.Open("shop/web");

    public async ValueTask InitializeAsync()
    {
        server = await FaultServer.StartAsync();
        client = new TestClient(server.Host);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task All_pages_are_read_and_the_tags_are_in_byte_order()
    {
        Page("n=1000", """{"tags":["b","a"]}""", "</v2/shop/web/tags/list?n=1000&last=b>; rel=\"next\"");
        Page("last=b", """{"tags":["C","a"]}""", "<list?last=C>;rel=next");
        Page("last=C", """{"tags":["d"]}""", null);

        Assert.Equal("C a b d", string.Join(' ', await Repository.ListTagsAsync(Cancelled)));
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData("""{"name":"shop/web","tags":null}""")]
    [InlineData("""{"name":"shop/web"}""")]
    [InlineData("""{"tags":[]}""")]
    public async Task A_repository_without_tags_has_none(string answer)
    {
        Page("n=1000", answer, null);

        Assert.Empty(await Repository.ListTagsAsync(Cancelled));
    }

    [Fact]
    public async Task A_repository_that_does_not_exist_has_no_tags() =>
        Assert.Empty(await Repository.ListTagsAsync(Cancelled));

    [Fact]
    public async Task A_loop_of_pages_ends()
    {
        Page("tags/list", """{"tags":["a"]}""", "</v2/shop/web/tags/list?last=b>; rel=\"next\"");
        Page("last=b", """{"tags":["b"]}""", "</v2/shop/web/tags/list?last=a>; rel=\"next\"");

        Assert.Equal("a b", string.Join(' ', await Repository.ListTagsAsync(Cancelled)));
        Assert.InRange(server.Requests.Count, 3, 5);
    }

    [Fact]
    public async Task Other_links_are_not_pages()
    {
        Page("n=1000", """{"tags":["a"]}""", "</v2/x>; rel=\"prev\", </v2/y>; rel=\"first\"");

        Assert.Single(await Repository.ListTagsAsync(Cancelled));
    }

    [Fact]
    public async Task An_answer_that_is_not_a_list_is_reported()
    {
        Page("n=1000", "<html>", null);

        var failure = await Assert.ThrowsAsync<LadingException>(() => Repository.ListTagsAsync(Cancelled));

        Assert.Contains("not a list of tags", failure.CameBack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Referrers_come_from_all_pages_each_once()
    {
        Page("/referrers/", IndexOf("one", "two"), $"</v2/shop/web/referrers/{Subject}?page=2>; rel=\"next\"");
        Page("page=2", IndexOf("two", "three"), null);

        var referrers = await Repository.ListReferrersAsync(Subject, Cancelled);

        Assert.Equal(["one", "two", "three"], referrers.Select(referrer => referrer.ArtifactType));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(400)]
    [InlineData(501)]
    public async Task A_registry_without_referrers_keeps_them_under_a_tag(int status)
    {
        server.On("GET", "/referrers/", e => e.AnswerAsync(status));
        Page($"/manifests/sha256-{Subject.Hex}", IndexOf("one"), null);

        Assert.Single(await Repository.ListReferrersAsync(Subject, Cancelled));
    }

    [Fact]
    public async Task The_tag_of_a_longer_digest_is_cut()
    {
        var subject = Digest.OfBytes("subject"u8, DigestAlgorithm.Sha512);
        Page($"/manifests/sha512-{subject.Hex[..64]}", IndexOf("one"), null);

        Assert.Single(await Repository.ListReferrersAsync(subject, Cancelled));
    }

    [Fact]
    public async Task An_image_that_nothing_refers_to_has_no_referrers() =>
        Assert.Empty(await Repository.ListReferrersAsync(Subject, Cancelled));

    private static string IndexOf(params string[] types)
    {
        var entries = types.Select(type =>
            $$"""{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{Digest.OfBytes(System.Text.Encoding.UTF8.GetBytes(type))}}","size":2,"artifactType":"{{type}}"}"""
        );
        return $$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{{string.Join(',', entries)}}]}""";
    }

    private void Page(string path, string body, string? link) =>
        server.On("GET", path, e => link is null ? e.AnswerAsync(200, body) : e.AnswerAsync(200, body, ("Link", link)));
}

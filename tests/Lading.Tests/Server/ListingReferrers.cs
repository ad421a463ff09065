using System.Net;
using Lading.Oci;
using Lading.Testing;
using Lading.Testing.Conformance;

namespace Lading.Tests.Server;

public sealed class ListingReferrers : IAsyncLifetime
{
    private TestRegistry registry = null!;
    private Wire wire = null!;

    public async ValueTask InitializeAsync()
    {
        registry = await TestRegistry.StartAsync();
        wire = new Wire(registry.Http);
    }

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    [Theory]
    [InlineData("?n=2", 100, 2, 2, 1)]
    [InlineData("", 2_000_000, 2, 2, 1)]
    [InlineData("?artifactType=application/vnd.example.odd&n=1", 100, 1, 1)]
    public async Task A_list_too_long_for_one_response_links_to_the_next(string query, int size, params int[] expected)
    {
        var set = new ManifestSet();
        var image = set.Image(1, "image");
        for (var i = 0; i < 5; i++)
        {
            set.Artifact(
                10 + i,
                null,
                i % 2 == 1 ? "application/vnd.example.odd" : "application/vnd.example.even",
                document =>
                {
                    document["subject"] = image.Descriptor;
                    document["annotations"]!["org.example.padding"] = new string('x', size);
                }
            );
        }

        await ManifestRoundTrip.PushBlobsAsync(wire, set);
        foreach (var manifest in set.Manifests)
        {
            await ManifestRoundTrip.PushAsync(wire, manifest);
        }

        var counts = new List<int>();
        var seen = new HashSet<Digest>();
        for (string? next = $"referrers/{image.Digest}{query}"; next is not null; )
        {
            using var response = await wire.GetAsync(next);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var bytes = await response.Content.ReadAsByteArrayAsync(Wire.Cancellation);
            Assert.InRange(bytes.Length, 0, ManifestContent.MaximumSize);
            var page = ManifestContent.Parse(bytes, MediaTypes.OciIndex).Children;
            counts.Add(page.Count);
            seen.UnionWith(page.Select(referrer => referrer.Digest));
            var link = response.Headers.TryGetValues("Link", out var links) ? links.Single() : null;
            next = link?[(link.IndexOf('<') + 1)..link.IndexOf('>')];
        }

        Assert.Equal(expected, counts);
        Assert.Equal(expected.Sum(), seen.Count);
    }

    [Fact]
    public async Task A_fractional_page_size_is_refused()
    {
        using var response = await wire.GetAsync($"referrers/{Wire.DigestOf([])}?n=2.5");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}

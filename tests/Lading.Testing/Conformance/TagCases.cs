using System.Net;
using System.Text.Json;
using Xunit;

namespace Lading.Testing.Conformance;

/// <summary>Distribution-spec 1.1, "Listing Tags"; from the next version, tags set by a push by digest.</summary>
internal static class TagCases
{
    private static readonly string[] Tags = ["1.0", "2.0", "A", "Z", "a", "b-1", "latest"];

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("all tags are listed, in lexical order", wire => ListAsync(wire, "", Tags)),
        new("tags after a tag are listed", wire => ListAsync(wire, "?last=A", Tags[3..])),
        new("tags after a missing tag are listed", wire => ListAsync(wire, "?last=B", Tags[3..])),
        new("a limited number of tags is listed", wire => ListAsync(wire, "?n=3", Tags[..3])),
        new("a limited number of tags after a tag is listed", wire => ListAsync(wire, "?n=2&last=2.0", Tags[2..4])),
        new("no tags are listed if none are requested", wire => ListAsync(wire, "?n=0", [])),
        new("a page of a list links to the next", LinkAsync),
        new("sha256: a push by digest sets tags", wire => PutWithTagsAsync(wire, "sha256")),
        new("sha512: a push by digest sets tags", wire => PutWithTagsAsync(wire, "sha512")),
    ];

    private static async Task ListAsync(Wire wire, string query, IReadOnlyList<string> expected)
    {
        await PushAsync(wire);
        Assert.Equal(expected, (await PageAsync(wire, $"tags/list{query}")).Tags);
    }

    private static async Task LinkAsync(Wire wire)
    {
        await PushAsync(wire);
        var seen = new List<string>();
        for (string? next = "tags/list?n=3"; next is not null; )
        {
            (var tags, next) = await PageAsync(wire, next);
            Assert.InRange(tags.Count, 1, 3);
            seen.AddRange(tags);
        }

        Assert.Equal(Tags, seen);
    }

    private static async Task PutWithTagsAsync(Wire wire, string algorithm)
    {
        var set = new ManifestSet(algorithm);
        var image = set.Image(1, null);
        await ManifestRoundTrip.PushBlobsAsync(wire, set);
        using var response = await wire.PutManifestAsync(
            $"{image.Digest}?tag=one&tag=two",
            image.Bytes,
            image.MediaType
        );
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(["one", "two"], Wire.HeaderOf(response, "OCI-Tag").Split(','));
        foreach (var tag in (string[])["one", "two"])
        {
            using var head = await wire.HeadAsync($"manifests/{tag}");
            Assert.Equal(image.Digest.ToString(), Wire.HeaderOf(head, "Docker-Content-Digest"));
        }
    }

    private static async Task PushAsync(Wire wire)
    {
        var set = new ManifestSet();
        var image = set.Image(1, null);
        await ManifestRoundTrip.PushBlobsAsync(wire, set);
        foreach (var tag in Tags.Reverse())
        {
            using var response = await wire.PutManifestAsync(tag, image.Bytes, image.MediaType);
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        }
    }

    private static async Task<(IReadOnlyList<string> Tags, string? Next)> PageAsync(Wire wire, string address)
    {
        using var response = await wire.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var list = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Wire.Cancellation));
        Assert.Equal(wire.Repository, list.RootElement.GetProperty("name").GetString());
        var link = response.Headers.TryGetValues("Link", out var links) ? links.Single() : null;
        return (
            [.. list.RootElement.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!)],
            link?[(link.IndexOf('<') + 1)..link.IndexOf('>')]
        );
    }
}

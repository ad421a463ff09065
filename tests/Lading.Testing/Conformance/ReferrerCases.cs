using System.Net;
using Lading.Oci;
using Xunit;

namespace Lading.Testing.Conformance;

/// <summary>Distribution-spec 1.1, "Listing Referrers".</summary>
internal static class ReferrerCases
{
    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("a filter without matches returns an empty list", FilterAllAsync),
        new("a referrer pushed before its image is listed once the image is there", ListEarlyAsync),
        new("a deleted referrer is no longer listed", ForgetAsync),
    ];

    private static async Task FilterAllAsync(Wire wire)
    {
        var (image, _) = await PushAsync(wire, imageFirst: true);
        Assert.Empty(await ListAsync(wire, image.Digest, "?artifactType=application/vnd.example.none"));
    }

    private static async Task ListEarlyAsync(Wire wire)
    {
        var (image, artifact) = await PushAsync(wire, imageFirst: false);
        Assert.Equal([artifact.Digest], await ListAsync(wire, image.Digest));
    }

    private static async Task ForgetAsync(Wire wire)
    {
        var (image, artifact) = await PushAsync(wire, imageFirst: true);
        using var deleted = await wire.DeleteAsync($"manifests/{artifact.Digest}");
        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        Assert.Empty(await ListAsync(wire, image.Digest));
    }

    private static async Task<(PushedManifest Image, PushedManifest Artifact)> PushAsync(Wire wire, bool imageFirst)
    {
        var set = new ManifestSet();
        var image = set.Image(1, "image");
        var artifact = set.Artifact(
            2,
            null,
            "application/vnd.example.one",
            document => document["subject"] = image.Descriptor
        );
        await ManifestRoundTrip.PushBlobsAsync(wire, set);
        foreach (var manifest in imageFirst ? (PushedManifest[])[image, artifact] : [artifact, image])
        {
            await ManifestRoundTrip.PushAsync(wire, manifest);
        }

        return (image, artifact);
    }

    private static async Task<IEnumerable<Digest>> ListAsync(Wire wire, Digest subject, string query = "")
    {
        using var response = await wire.GetAsync($"referrers/{subject}{query}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var bytes = await response.Content.ReadAsByteArrayAsync(Wire.Cancellation);
        return ManifestContent.Parse(bytes, MediaTypes.OciIndex).Children.Select(child => child.Digest);
    }
}

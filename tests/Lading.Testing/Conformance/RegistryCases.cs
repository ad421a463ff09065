using System.Net;
using System.Text.Json;
using Xunit;

namespace Lading.Testing.Conformance;

/// <summary>What a registry answers before anything is pushed.</summary>
internal static class RegistryCases
{
    private const string Bad = "sha256:baddigeststring";

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("a registry answers to /v2/", PingAsync),
        new("an empty repository lists no tags", ListNothingAsync),
        new("a missing manifest has no referrers", FindNoReferrersAsync),
        new("a missing manifest is not found, by digest", wire => MissAsync(wire, byDigest: true)),
        new("a missing manifest is not found, by tag", wire => MissAsync(wire, byDigest: false)),
        new("an invalid digest is refused", RefuseBadDigestAsync),
        new("a refusal has an error code", TellCodesAsync),
    ];

    private static async Task PingAsync(Wire wire)
    {
        using var response = await wire.GetAsync("/v2/");
        Assert.True(response.IsSuccessStatusCode);
    }

    private static async Task ListNothingAsync(Wire wire)
    {
        using var response = await wire.GetAsync("tags/list");
        Assert.Contains(response.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.NotFound]);
    }

    private static async Task FindNoReferrersAsync(Wire wire)
    {
        var digest = Wire.DigestOf(Wire.Noise(10));
        using var response = await wire.GetAsync($"referrers/{digest}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/vnd.oci.image.index.v1+json", response.Content.Headers.ContentType?.MediaType);
        using var index = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Wire.Cancellation));
        Assert.Equal(2, index.RootElement.GetProperty("schemaVersion").GetInt32());
        Assert.Equal("application/vnd.oci.image.index.v1+json", index.RootElement.GetProperty("mediaType").GetString());
        Assert.Equal(0, index.RootElement.GetProperty("manifests").GetArrayLength());
    }

    private static async Task MissAsync(Wire wire, bool byDigest)
    {
        var reference = byDigest ? Wire.DigestOf(Wire.Noise(10)).ToString() : "none";
        using var get = await wire.GetAsync($"manifests/{reference}");
        Assert.Equal(HttpStatusCode.NotFound, get.StatusCode);
        await wire.LacksAsync($"manifests/{reference}");
    }

    private static async Task RefuseBadDigestAsync(Wire wire)
    {
        using var put = await wire.PutManifestAsync(
            Bad,
            "{}"u8.ToArray(),
            "application/vnd.oci.image.manifest.v1+json"
        );
        Assert.Equal(HttpStatusCode.BadRequest, put.StatusCode);
        using var get = await wire.GetAsync($"manifests/{Bad}");
        Assert.Contains(get.StatusCode, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.BadRequest]);
        using var blob = await wire.GetAsync($"blobs/{Bad}");
        Assert.Contains(blob.StatusCode, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.BadRequest]);
        using var delete = await wire.DeleteAsync($"manifests/{Bad}");
        Assert.InRange((int)delete.StatusCode, 400, 499);
    }

    private static async Task TellCodesAsync(Wire wire)
    {
        var location = await wire.BeginAsync();
        using var refused = await wire.FinishAsync(location, Wire.DigestOf(Wire.Noise(1)), Wire.Noise(2));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var body = JsonDocument.Parse(await refused.Content.ReadAsByteArrayAsync(Wire.Cancellation));
        var error = body.RootElement.GetProperty("errors")[0];
        Assert.Equal("DIGEST_INVALID", error.GetProperty("code").GetString());
        Assert.NotEqual("", error.GetProperty("message").GetString());
    }
}

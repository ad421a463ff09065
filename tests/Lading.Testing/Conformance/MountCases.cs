using System.Net;
using Xunit;

namespace Lading.Testing.Conformance;

/// <summary>Distribution-spec 1.1, "Mounting a blob from another repository".</summary>
internal static class MountCases
{
    private static readonly byte[] Blob = Wire.Noise(2000);

    public static IEnumerable<ConformanceCase> All(string algorithm) =>
        [
            new($"{algorithm}: a blob is mounted from a repository", wire => MountAsync(wire, algorithm, "from")),
            new($"{algorithm}: a blob is mounted from any repository", wire => MountAsync(wire, algorithm, "")),
            new($"{algorithm}: a missing blob is uploaded instead", wire => UploadAsync(wire, algorithm)),
        ];

    private static async Task MountAsync(Wire wire, string algorithm, string from)
    {
        var source = new Wire(wire.Http, $"{wire.Repository}-source");
        var digest = Wire.DigestOf(Blob, algorithm);
        using var pushed = await source.FinishAsync(await source.BeginAsync(), digest, Blob);
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        var origin = from.Length == 0 ? "" : $"&{from}={source.Repository}";
        using var response = await wire.SendAsync(
            HttpMethod.Post,
            $"blobs/uploads/?mount={digest}{origin}",
            Wire.Bytes([])
        );
        await BlobCases.AcceptedAsync(wire, response, Blob, algorithm);
        await source.HasBlobAsync(digest, Blob);
    }

    private static async Task UploadAsync(Wire wire, string algorithm)
    {
        var digest = Wire.DigestOf(Blob, algorithm);
        using var refused = await wire.SendAsync(
            HttpMethod.Post,
            $"blobs/uploads/?mount={digest}&from={wire.Repository}-none",
            Wire.Bytes([])
        );
        Assert.Equal(HttpStatusCode.Accepted, refused.StatusCode);
        using var response = await wire.FinishAsync(Wire.LocationOf(refused), digest, Blob);
        await BlobCases.AcceptedAsync(wire, response, Blob, algorithm);
    }
}

using System.Net;
using Xunit;

namespace Lading.Testing.Conformance;

/// <summary>Distribution-spec 1.1, "Pushing a blob in chunks".</summary>
internal static class ChunkCases
{
    private const int Length = 1024;

    // The last chunk is five bytes short.
    private static readonly byte[] Blob = Wire.Noise((3 * Length) - 5);

    public static IEnumerable<ConformanceCase> All(string algorithm) =>
        [
            new($"{algorithm}: a blob is pushed in chunks", wire => PushAsync(wire, algorithm, lastInPut: false)),
            new(
                $"{algorithm}: a blob is pushed in chunks, the last in the PUT",
                wire => PushAsync(wire, algorithm, lastInPut: true)
            ),
            new(
                $"{algorithm}: a chunk out of order is refused, and the upload continues",
                wire => RefuseAsync(wire, algorithm, inPut: false, first: 2 * Length)
            ),
            new(
                $"{algorithm}: a chunk out of order in the PUT is refused, and the upload continues",
                wire => RefuseAsync(wire, algorithm, inPut: true, first: 2 * Length)
            ),
            new(
                $"{algorithm}: a chunk sent again is refused, and the upload continues",
                wire => RefuseAsync(wire, algorithm, inPut: false, first: 0)
            ),
        ];

    private static async Task PushAsync(Wire wire, string algorithm, bool lastInPut)
    {
        var location = await wire.BeginAsync();
        foreach (var at in (int[])[0, Length, 2 * Length])
        {
            if (lastInPut && at == 2 * Length)
            {
                break;
            }

            using var patch = await wire.PatchAsync(location, ChunkAt(at), at);
            Assert.Equal(HttpStatusCode.Accepted, patch.StatusCode);
            location = Wire.LocationOf(patch);
        }

        var digest = Wire.DigestOf(Blob, algorithm);
        using var response = lastInPut
            ? await wire.FinishAsync(location, digest, ChunkAt(2 * Length), 2 * Length)
            : await wire.FinishAsync(location, digest);
        await BlobCases.AcceptedAsync(wire, response, Blob, algorithm);
    }

    private static async Task RefuseAsync(Wire wire, string algorithm, bool inPut, int first)
    {
        var digest = Wire.DigestOf(Blob, algorithm);
        using var accepted = await wire.PatchAsync(await wire.BeginAsync(), ChunkAt(0), 0);
        var location = Wire.LocationOf(accepted);
        using var refused = inPut
            ? await wire.FinishAsync(location, digest, ChunkAt(first), first)
            : await wire.PatchAsync(location, ChunkAt(first), first);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, refused.StatusCode);
        using var status = await wire.GetAsync(refused.Headers.Location?.OriginalString ?? location);
        Assert.Equal(HttpStatusCode.NoContent, status.StatusCode);
        Assert.Equal($"0-{Length - 1}", Wire.HeaderOf(status, "Range"));
        using var second = await wire.PatchAsync(Wire.LocationOf(status), ChunkAt(Length), Length);
        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        using var response = await wire.FinishAsync(Wire.LocationOf(second), digest, ChunkAt(2 * Length), 2 * Length);
        await BlobCases.AcceptedAsync(wire, response, Blob, algorithm);
    }

    private static byte[] ChunkAt(int first) => Blob[first..Math.Min(Blob.Length, first + Length)];
}

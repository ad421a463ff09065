using System.Net;
using Xunit;

namespace Lading.Testing.Conformance;

/// <summary>Distribution-spec 1.1, "Pushing blobs": whole, streamed, cancelled.</summary>
internal static class BlobCases
{
    private static readonly IReadOnlyList<(string Name, byte[] Bytes)> Contents =
    [
        ("nothing", []),
        ("{}", "{}"u8.ToArray()),
        ("3 KB", Wire.Noise(3072)),
    ];

    public static IEnumerable<ConformanceCase> All(string algorithm)
    {
        yield return new($"{algorithm}: a missing blob is not found", wire => MissAsync(wire, algorithm));
        yield return new($"{algorithm}: an upload is cancelled", wire => CancelAsync(wire, algorithm));
        foreach (var (name, bytes) in Contents)
        {
            yield return new($"{algorithm}: {name} is pushed by POST alone", wire => PostAsync(wire, bytes, algorithm));
            yield return new(
                $"{algorithm}: {name} is pushed by POST and PUT",
                wire => PutAsync(wire, bytes, algorithm)
            );
            yield return new($"{algorithm}: {name} is pushed in a stream", wire => StreamAsync(wire, bytes, algorithm));
            yield return new($"{algorithm}: {name} is pushed in one chunk", wire => ChunkAsync(wire, bytes, algorithm));
        }

        foreach (var form in (string[])["POST", "PUT", "chunk", "stream", "chunk in the PUT"])
        {
            yield return new(
                $"{algorithm}: bytes of another digest are refused, sent by {form}",
                wire => RefuseAsync(wire, form, algorithm)
            );
        }
    }

    /// <summary>The pushed blob is there, whole, at its Location too, and can be deleted.</summary>
    public static async Task AcceptedAsync(Wire wire, HttpResponseMessage response, byte[] bytes, string algorithm)
    {
        var digest = Wire.DigestOf(bytes, algorithm);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        using var location = await wire.GetAsync(Wire.LocationOf(response));
        Assert.Equal(HttpStatusCode.OK, location.StatusCode);
        Assert.Equal(bytes, await location.Content.ReadAsByteArrayAsync(Wire.Cancellation));
        await wire.HasBlobAsync(digest, bytes);
        using var deleted = await wire.DeleteAsync($"blobs/{digest}");
        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        await wire.LacksAsync($"blobs/{digest}");
    }

    private static async Task MissAsync(Wire wire, string algorithm)
    {
        var digest = Wire.DigestOf(Wire.Noise(10), algorithm);
        using var get = await wire.GetAsync($"blobs/{digest}");
        Assert.Equal(HttpStatusCode.NotFound, get.StatusCode);
        await wire.LacksAsync($"blobs/{digest}");
    }

    private static async Task CancelAsync(Wire wire, string algorithm)
    {
        var bytes = Wire.Noise(100);
        using var cancelled = await wire.DeleteAsync(await wire.BeginAsync());
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        await wire.LacksAsync($"blobs/{Wire.DigestOf(bytes, algorithm)}");
    }

    private static async Task PostAsync(Wire wire, byte[] bytes, string algorithm)
    {
        var address = $"blobs/uploads/?digest={Wire.DigestOf(bytes, algorithm)}";
        using var response = await wire.SendAsync(HttpMethod.Post, address, Wire.Bytes(bytes));
        await AcceptedAsync(wire, response, bytes, algorithm);
    }

    private static async Task PutAsync(Wire wire, byte[] bytes, string algorithm)
    {
        var location = await wire.BeginAsync();
        using var response = await wire.FinishAsync(location, Wire.DigestOf(bytes, algorithm), bytes);
        await AcceptedAsync(wire, response, bytes, algorithm);
    }

    private static async Task StreamAsync(Wire wire, byte[] bytes, string algorithm)
    {
        using var patch = await wire.StreamAsync(await wire.BeginAsync(), bytes);
        Assert.Equal(HttpStatusCode.Accepted, patch.StatusCode);
        using var response = await wire.FinishAsync(Wire.LocationOf(patch), Wire.DigestOf(bytes, algorithm));
        await AcceptedAsync(wire, response, bytes, algorithm);
    }

    private static async Task ChunkAsync(Wire wire, byte[] bytes, string algorithm)
    {
        // No range can express zero bytes.
        var location = await wire.BeginAsync();
        using var patch = await wire.PatchAsync(location, bytes, bytes.Length == 0 ? null : 0);
        Assert.Equal(HttpStatusCode.Accepted, patch.StatusCode);
        using var response = await wire.FinishAsync(Wire.LocationOf(patch), Wire.DigestOf(bytes, algorithm));
        await AcceptedAsync(wire, response, bytes, algorithm);
    }

    private static async Task RefuseAsync(Wire wire, string form, string algorithm)
    {
        var bytes = Wire.Noise(100);
        var wrong = Wire.DigestOf(Wire.Noise(100, seed: 2), algorithm);
        var location = form == "POST" ? "" : await wire.BeginAsync();
        using var first = form switch
        {
            "chunk" => await wire.PatchAsync(location, bytes, 0),
            "chunk in the PUT" => await wire.PatchAsync(location, bytes[..50], 0),
            "stream" => await wire.StreamAsync(location, bytes),
            _ => null,
        };
        location = first is null ? location : Wire.LocationOf(first);
        using var response = form switch
        {
            "POST" => await wire.SendAsync(HttpMethod.Post, $"blobs/uploads/?digest={wrong}", Wire.Bytes(bytes)),
            "PUT" => await wire.FinishAsync(location, wrong, bytes),
            "chunk in the PUT" => await wire.FinishAsync(location, wrong, bytes[50..], 50),
            _ => await wire.FinishAsync(location, wrong),
        };
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await wire.LacksAsync($"blobs/{wrong}");
        await wire.LacksAsync($"blobs/{Wire.DigestOf(bytes, algorithm)}");
    }
}

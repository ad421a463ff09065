using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace Lading.Testing.Conformance;

/// <summary>Distribution-spec 1.1, "Pulling blobs": byte ranges.</summary>
internal static class RangeCases
{
    private const int Length = 3072;

    public static IEnumerable<ConformanceCase> All(string algorithm) =>
        [
            new($"{algorithm}: bytes 500-1499 are sent", wire => SendAsync(wire, algorithm, "500-1499", 500, 1499)),
            new($"{algorithm}: bytes 500- are sent", wire => SendAsync(wire, algorithm, "500-", 500, Length - 1)),
            new($"{algorithm}: bytes -500 are sent", wire => SendAsync(wire, algorithm, "-500", 2572, Length - 1)),
            new(
                $"{algorithm}: bytes 2000-5000 are cut to the blob",
                wire => SendAsync(wire, algorithm, "2000-5000", 2000, Length - 1)
            ),
            new($"{algorithm}: bytes 500-0 are refused", wire => RefuseAsync(wire, algorithm, "500-0")),
            new($"{algorithm}: bytes 5000-10000 are refused", wire => RefuseAsync(wire, algorithm, "5000-10000")),
        ];

    private static async Task SendAsync(Wire wire, string algorithm, string range, int first, int last)
    {
        var bytes = Wire.Noise(Length);
        using var response = await GetAsync(wire, bytes, algorithm, range);
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(last - first + 1, response.Content.Headers.ContentLength);
        Assert.Equal(new ContentRangeHeaderValue(first, last, Length), response.Content.Headers.ContentRange);
        Assert.Equal(bytes[first..(last + 1)], await response.Content.ReadAsByteArrayAsync(Wire.Cancellation));
    }

    private static async Task RefuseAsync(Wire wire, string algorithm, string range)
    {
        using var response = await GetAsync(wire, Wire.Noise(Length), algorithm, range);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> GetAsync(Wire wire, byte[] bytes, string algorithm, string range)
    {
        var digest = Wire.DigestOf(bytes, algorithm);
        using var pushed = await wire.FinishAsync(await wire.BeginAsync(), digest, bytes);
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        return await wire.GetAsync($"blobs/{digest}", $"bytes={range}");
    }
}

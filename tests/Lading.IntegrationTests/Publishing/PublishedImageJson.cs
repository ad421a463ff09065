using System.Text.Json;

namespace Lading.IntegrationTests.Publishing;

/// <summary>What <c>publish --output json</c> says about an image.</summary>
internal sealed record PublishedImageJson(string Action, string Digest, string? Revision, long BytesSent)
{
    /// <summary>By the names of the images.</summary>
    public static IReadOnlyDictionary<string, PublishedImageJson> Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document
            .RootElement.GetProperty("images")
            .EnumerateArray()
            .ToDictionary(
                image => image.GetProperty("name").GetString()!,
                image => new PublishedImageJson(
                    image.GetProperty("action").GetString()!,
                    image.GetProperty("digest").GetString()!,
                    image.GetProperty("revision").GetString(),
                    image.GetProperty("bytesSent").GetInt64()
                )
            );
    }
}

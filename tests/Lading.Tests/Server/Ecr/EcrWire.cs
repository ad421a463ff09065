using System.Net;
using System.Text;
using System.Text.Json;
using Lading.Oci;
using Lading.Testing;
using Lading.Writer;

namespace Lading.Tests.Server.Ecr;

/// <summary>The ECR API on the wire: JSON 1.1, without a client.</summary>
internal sealed class EcrWire(TestRegistry registry)
{
    public const string Repository = "team/app";

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Makes a call that must succeed.</summary>
    public async Task<JsonElement> CallAsync(string operation, object input)
    {
        var (status, answer) = await SendAsync(operation, JsonSerializer.Serialize(input));
        Assert.True(status == HttpStatusCode.OK, $"{operation}: {answer}");
        return answer;
    }

    /// <summary>Makes a call that must be refused.</summary>
    /// <returns>The error code.</returns>
    public Task<string> RefusedAsync(string operation, object input) =>
        RefusedTextAsync(operation, JsonSerializer.Serialize(input));

    /// <summary>Makes a call, with any body, that must be refused.</summary>
    public async Task<string> RefusedTextAsync(string operation, string body)
    {
        var (status, answer) = await SendAsync(operation, body);
        Assert.True(status == HttpStatusCode.BadRequest, $"{operation}: {status} {answer}");
        Assert.NotEqual("", answer.GetProperty("message").GetString());
        return answer.GetProperty("__type").GetString()!;
    }

    public Task<JsonElement> CreateAsync(string name = Repository) =>
        CallAsync("CreateRepository", new { repositoryName = name });

    /// <summary>Writes a small image to the store, without the server.</summary>
    public async Task<SmallImage> PushAsync(string seed, string? tag = null, string name = Repository)
    {
        var image = new SmallImage(seed);
        await image.PutAsync(registry.Store.Open(RepositoryName.Parse(name)), Find(tag), Cancellation);
        return image;
    }

    /// <summary>Pushes an index of images that exist.</summary>
    public async Task<ManifestContent> PushIndexAsync(string? tag, params IReadOnlyList<SmallImage> images)
    {
        var index = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciIndex,
                Manifests = [.. images.Select(image => image.Manifest.Descriptor)],
            }
        );
        var layout = registry.Store.Open(RepositoryName.Parse(Repository));
        await layout.PutManifestAsync(index, Find(tag), Cancellation);
        return index;
    }

    /// <summary>Pushes an artifact that refers to an image.</summary>
    public async Task<ManifestContent> PushReferrerAsync(SmallImage subject, string type)
    {
        var empty = "{}"u8.ToArray();
        var layout = registry.Store.Open(RepositoryName.Parse(Repository));
        var config = new Descriptor
        {
            MediaType = MediaTypes.OciEmpty,
            Digest = Digest.OfBytes(empty),
            Size = empty.Length,
        };
        var blob = new ReadableBlob(config, _ => Task.FromResult<Stream>(new MemoryStream(empty)));
        await layout.PutBlobAsync(blob, null, Cancellation);
        var manifest = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciManifest,
                ArtifactType = type,
                Config = config,
                Layers = [config],
                Subject = subject.Manifest.Descriptor,
                Annotations = new Dictionary<string, string> { ["of"] = type },
            }
        );
        await layout.PutManifestAsync(manifest, null, Cancellation);
        return manifest;
    }

    /// <summary>All pages of a list.</summary>
    public async Task<IReadOnlyList<JsonElement>> PagesAsync(string operation, string list, Func<string?, object> input)
    {
        var pages = new List<JsonElement>();
        string? next = null;
        do
        {
            var answer = await CallAsync(operation, input(next));
            pages.Add(answer.GetProperty(list));
            next = answer.TryGetProperty("nextToken", out var token) ? token.GetString() : null;
        } while (next is not null);

        return pages;
    }

    public static IReadOnlyList<string?> Texts(JsonElement list, string member) =>
        [.. list.EnumerateArray().Select(item => item.TryGetProperty(member, out var text) ? text.GetString() : null)];

    private static Tag? Find(string? tag) => tag is null ? null : Tag.Parse(tag);

    private async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(string operation, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"AmazonEC2ContainerRegistry_V20150921.{operation}");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/ecr/aws4_request, SignedHeaders=host, Signature=00"
        );
        request.Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.1");
        using var response = await registry.Http.SendAsync(request, Cancellation);
        Assert.Equal("application/x-amz-json-1.1", response.Content.Headers.ContentType?.MediaType);
        var bytes = await response.Content.ReadAsByteArrayAsync(Cancellation);
        using var document = JsonDocument.Parse(bytes);
        return (response.StatusCode, document.RootElement.Clone());
    }
}

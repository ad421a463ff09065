using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Lading.Oci;
using Xunit;

namespace Lading.Testing;

/// <summary>The distribution protocol, spelled out without a client: what is sent, and what must come back.</summary>
/// <param name="http">A client for the registry's address.</param>
/// <param name="repository">The repository of the requests.</param>
internal sealed class Wire(HttpClient http, string repository = "team/app")
{
    public HttpClient Http => http;

    public string Repository => repository;

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Digest DigestOf(byte[] bytes, string algorithm = "sha256") =>
        Digest.OfBytes(bytes, algorithm == "sha512" ? DigestAlgorithm.Sha512 : DigestAlgorithm.Sha256);

    /// <summary>Random bytes, the same in every run.</summary>
    public static byte[] Noise(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? range = null) =>
        SendAsync(HttpMethod.Get, path, null, ("Range", range));

    public Task<HttpResponseMessage> HeadAsync(string path) => SendAsync(HttpMethod.Head, path);

    public Task<HttpResponseMessage> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    /// <summary>Sends a request below the repository, or to a Location that the registry returned.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content = null,
        params (string Name, string? Value)[] headers
    )
    {
        var address = path.StartsWith('/') || path.Contains("://") ? path : $"/v2/{repository}/{path}";
        using var request = new HttpRequestMessage(method, address) { Content = content };
        foreach (var (name, value) in headers)
        {
            if (value is not null)
            {
                Assert.True(request.Headers.TryAddWithoutValidation(name, value));
            }
        }

        return await http.SendAsync(request, Cancellation);
    }

    /// <summary>POST, which must begin an upload.</summary>
    /// <returns>Where it continues.</returns>
    public async Task<string> BeginAsync()
    {
        using var response = await SendAsync(HttpMethod.Post, "blobs/uploads/", Bytes([]));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return LocationOf(response);
    }

    /// <summary>PATCH with a part.</summary>
    public Task<HttpResponseMessage> PatchAsync(string location, byte[] part, long? first = null) =>
        SendAsync(HttpMethod.Patch, location, Part(part, first));

    /// <summary>PATCH with bytes of undeclared length.</summary>
    public Task<HttpResponseMessage> StreamAsync(string location, byte[] bytes) =>
        SendAsync(HttpMethod.Patch, location, new StreamContent(new UnknownLength(bytes)));

    /// <summary>PUT that ends an upload.</summary>
    public Task<HttpResponseMessage> FinishAsync(
        string location,
        Digest digest,
        byte[]? rest = null,
        long? first = null
    ) =>
        SendAsync(
            HttpMethod.Put,
            $"{location}{(location.Contains('?', StringComparison.Ordinal) ? '&' : '?')}digest={digest}",
            Part(rest ?? [], first)
        );

    /// <summary>Uploads a blob, which must succeed.</summary>
    public async Task<Descriptor> PushBlobAsync(byte[] bytes, string mediaType, string algorithm = "sha256")
    {
        var digest = DigestOf(bytes, algorithm);
        using var response = await SendAsync(HttpMethod.Post, $"blobs/uploads/?digest={digest}", Bytes(bytes));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return new Descriptor
        {
            MediaType = mediaType,
            Digest = digest,
            Size = bytes.Length,
        };
    }

    public Task<HttpResponseMessage> PutManifestAsync(string reference, byte[] manifest, string mediaType) =>
        SendAsync(HttpMethod.Put, $"manifests/{reference}", Bytes(manifest, mediaType));

    /// <summary>Asserts that HEAD and GET return the whole blob.</summary>
    public async Task HasBlobAsync(Digest digest, byte[] bytes)
    {
        using var head = await HeadAsync($"blobs/{digest}");
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(bytes.Length, head.Content.Headers.ContentLength);
        using var get = await GetAsync($"blobs/{digest}");
        Assert.Equal(HttpStatusCode.OK, get.StatusCode);
        Assert.Equal([digest.ToString()], get.Headers.GetValues("Docker-Content-Digest"));
        Assert.Equal(bytes, await get.Content.ReadAsByteArrayAsync(Cancellation));
    }

    public async Task LacksAsync(string path)
    {
        using var head = await HeadAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
    }

    public static string LocationOf(HttpResponseMessage response) =>
        response.Headers.Location?.OriginalString ?? throw new InvalidOperationException("no Location");

    public static string HeaderOf(HttpResponseMessage response, string name) =>
        string.Join(
            ",",
            response.Headers.TryGetValues(name, out var values) ? values : response.Content.Headers.GetValues(name)
        );

    public static ByteArrayContent Bytes(byte[] bytes, string mediaType = "application/octet-stream")
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static ByteArrayContent Part(byte[] part, long? first)
    {
        var content = Bytes(part);
        if (first is { } offset)
        {
            content.Headers.TryAddWithoutValidation("Content-Range", $"{offset}-{offset + part.Length - 1}");
        }

        return content;
    }

    private sealed class UnknownLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}

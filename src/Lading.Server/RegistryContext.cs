using System.Buffers;
using System.Text.Json;
using Lading.Http;
using Lading.Layout;
using Lading.Oci;
using Lading.Server.Distribution;
using Microsoft.AspNetCore.Http;

namespace Lading.Server;

/// <summary>One request, its response, and the registry between them.</summary>
internal sealed class RegistryContext(HttpContext http, ServedRegistry registry)
{
    public HttpRequest Request => http.Request;

    public HttpResponse Response => http.Response;

    public ServedRegistry Registry => registry;

    public bool IsHead => HttpMethods.IsHead(http.Request.Method);

    /// <summary>The registry's address from the client's point of view: <c>http://localhost:5050</c>.</summary>
    public Uri Origin =>
        Uri.TryCreate($"{http.Request.Scheme}://{http.Request.Host.Value}/", UriKind.Absolute, out var origin)
            ? origin
            : registry.Address;

    /// <summary>The request's body, which can be read once; a stalled one throws <see cref="SlowBodyException"/>.</summary>
    public IdleTimeoutStream Body() =>
        new(
            http.Request.Body,
            registry.Options.Patience,
            registry.Options.Time,
            () => SlowBodyException.Silent(registry.Options.Patience)
        );

    /// <summary>A query parameter; null if it is missing.</summary>
    public string? Query(string name) => http.Request.Query.TryGetValue(name, out var values) ? values[0] : null;

    /// <summary>The digest in the query; null if there is none.</summary>
    /// <exception cref="DistributionException">It is not a digest.</exception>
    public Digest? QueryDigest() => Query("digest") is { } text ? DistributionException.DigestOf(text) : null;

    /// <summary>A repository to read from.</summary>
    /// <exception cref="DistributionException">It does not exist.</exception>
    public ImageLayout Open(RepositoryName name) =>
        registry.Store.Find(name) is null ? throw DistributionException.NameUnknown(name) : registry.Store.Open(name);

    /// <summary>A repository to push to, created if that is allowed.</summary>
    /// <exception cref="DistributionException">It does not exist, and a push does not create it.</exception>
    public async Task<ImageLayout> OpenForPushAsync(RepositoryName name, CancellationToken cancellationToken)
    {
        if (registry.Options.CreatesOnPush && registry.Store.Find(name) is null)
        {
            var record = new RepositoryRecord
            {
                Settings = registry.Options.NewRepositories,
                CreatedAt = registry.Options.Time.GetUtcNow(),
            };
            await registry.Store.CreateAsync(name, record, cancellationToken).ConfigureAwait(false);
        }

        return Open(name);
    }

    /// <summary>Responds with a JSON document.</summary>
    public async Task WriteJsonAsync(
        int status,
        string mediaType,
        Action<Utf8JsonWriter> write,
        CancellationToken cancellationToken
    )
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            write(writer);
        }

        await WriteAsync(status, mediaType, bytes.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Responds with bytes, or only their length for a HEAD request.</summary>
    public async Task WriteAsync(
        int status,
        string mediaType,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken
    )
    {
        Response.StatusCode = status;
        Response.ContentType = mediaType;
        Response.ContentLength = bytes.Length;
        if (!IsHead)
        {
            await Response.Body.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
    }
}

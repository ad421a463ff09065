using System.Collections.Concurrent;

namespace Lading.Testing;

/// <summary>Records the requests sent through it, in the order in which they begin: <c>PUT manifests</c>.</summary>
internal sealed class RequestRecord(HttpMessageHandler next) : DelegatingHandler(next)
{
    private readonly ConcurrentQueue<string> requests = [];

    /// <summary>Method and kind of each: <c>HEAD blobs</c>, <c>POST uploads</c>, <c>GET tags</c>.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    public void Clear() => requests.Clear();

    /// <summary>How many of each kind, in byte order: <c>2 HEAD blobs, 1 PUT manifests</c>.</summary>
    public string Summary =>
        string.Join(
            ", ",
            requests
                .GroupBy(request => request, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => $"{group.Count()} {group.Key}")
        );

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        requests.Enqueue($"{request.Method} {KindOf(request.RequestUri!)}");
        return base.SendAsync(request, cancellationToken);
    }

    private static string KindOf(Uri address)
    {
        string[] kinds = ["uploads", "blobs", "manifests", "tags", "referrers"];
        var kind = Array.Find(kinds, kind => address.AbsolutePath.Contains($"/{kind}/", StringComparison.Ordinal));
        return (kind ?? address.AbsolutePath)
            + (address.Query.Contains("mount=", StringComparison.Ordinal) ? "?mount" : "");
    }
}

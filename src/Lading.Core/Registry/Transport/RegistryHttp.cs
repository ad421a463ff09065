namespace Lading.Registry.Transport;

/// <summary>The connections that registries are spoken to over.</summary>
internal static class RegistryHttp
{
    /// <summary>A client that follows no redirects by itself and has no time limit: the transport has better ones.</summary>
    public static HttpClient CreateClient() => CreateClient(CreateHandler());

    /// <summary>The same over something that looks on.</summary>
    public static HttpClient CreateClient(HttpMessageHandler handler)
    {
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("lading");
        return client;
    }

    /// <summary>The connections.</summary>
    public static SocketsHttpHandler CreateHandler() =>
        new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        };
}

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Lading.Http;

/// <summary>
/// The shared connections: they use the user's proxies, follow no redirects and have no time limit, since callers set
/// their own.
/// </summary>
internal sealed class HttpConnections : IDisposable
{
    private HttpConnections(HttpMessageHandler handler, ProxyResolver proxies)
    {
        Proxies = proxies;
        Client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        Client.DefaultRequestHeaders.UserAgent.ParseAdd("lading");
    }

    public HttpClient Client { get; }

    /// <summary>Which proxy a request goes through.</summary>
    public ProxyResolver Proxies { get; }

    /// <summary>Creates connections.</summary>
    /// <param name="proxies">Which proxy a request goes through.</param>
    /// <param name="wrap">Wraps the handler for observation; null for nothing.</param>
    /// <param name="authorities">The trusted certificate authorities; null for the system's.</param>
    public static HttpConnections Create(
        ProxyResolver proxies,
        Func<HttpMessageHandler, HttpMessageHandler>? wrap = null,
        X509Certificate2Collection? authorities = null
    )
    {
        var tls = new SslClientAuthenticationOptions();
        if (authorities is not null)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        var handler = new ProxyFailureHandler(
            proxies,
            new SocketsHttpHandler
            {
                Proxy = proxies,
                SslOptions = tls,
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(15),
                PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
                PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            }
        );
        return new HttpConnections(wrap is null ? handler : wrap(handler), proxies);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => Client.Dispose();
}

using System.Net;

namespace Lading.Http;

/// <summary>The proxy is what failed, and not who was to be reached through it.</summary>
internal sealed class ProxyFailureException(
    ProxyServer proxy,
    string what,
    HttpStatusCode? status = null,
    Exception? inner = null
) : HttpRequestException($"the proxy {proxy} {what}", inner, status)
{
    /// <summary>Whether another try may do better: a refusal is one for good.</summary>
    public bool IsPassing => StatusCode is null or HttpStatusCode.TooManyRequests || (int)StatusCode >= 500;

    /// <summary>What to do, as a sentence.</summary>
    public string Remedy =>
        StatusCode == HttpStatusCode.ProxyAuthenticationRequired
            ? $"Give the proxy a login in {proxy.Origin} (http://user:password@host:port), or name hosts that need no proxy in NO_PROXY."
            : $"Make sure that {proxy.Origin} names the right proxy and that it is up. Name hosts that need no proxy in NO_PROXY.";
}

using System.Net;
using System.Net.Sockets;

namespace Lading.Http;

/// <summary>
/// Decides which proxy a request goes through: the single rule for AWS, registries, their token services and everything
/// else. Addresses of this machine, and link-local ones that serve credentials, are never reached through a proxy.
/// </summary>
internal sealed class ProxyResolver : IWebProxy
{
    /// <summary>The origin of the system's proxy, used if no variable names one (Windows, macOS).</summary>
    private const string SystemOrigin = "the system's settings";

    /// <summary>The credential services of EC2 and EKS (IPv6).</summary>
    private static readonly IPAddress[] Metadata = [IPAddress.Parse("fd00:ec2::254"), IPAddress.Parse("fd00:ec2::23")];

    private readonly ProxyServer? http;
    private readonly ProxyServer? https;
    private readonly IReadOnlyList<NoProxyRule> exceptions;
    private readonly IWebProxy? system;

    private ProxyResolver(
        ProxyServer? http,
        ProxyServer? https,
        IReadOnlyList<NoProxyRule> exceptions,
        IWebProxy? system
    )
    {
        this.http = http;
        this.https = https;
        this.exceptions = exceptions;
        this.system = system;
    }

    /// <summary>No proxy for anything.</summary>
    public static ProxyResolver None { get; } = new(null, null, [], null);

    /// <summary>The login of the proxy, which is looked up by the proxy's own address.</summary>
    public ICredentials? Credentials
    {
        get => new Logins([.. new[] { http, https }.OfType<ProxyServer>()], system?.Credentials);
        set => throw new NotSupportedException("The address of a proxy carries its login.");
    }

    /// <summary>Reads <c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c>, <c>ALL_PROXY</c> and <c>NO_PROXY</c>, each also in lower case.</summary>
    /// <param name="variable">Returns environment variables; null if one is not set or empty.</param>
    /// <param name="system">The system's proxy, used if no variable names one; null for none.</param>
    /// <exception cref="LadingException">A variable does not contain a valid proxy.</exception>
    public static ProxyResolver Read(Func<string, string?> variable, IWebProxy? system = null)
    {
        var all = Find("ALL_PROXY");
        // In a CGI program, HTTP_PROXY is a header of the request.
        var http = variable("REQUEST_METHOD") is null ? Find("HTTP_PROXY") : null;
        var https = Find("HTTPS_PROXY");
        var exceptions = NoProxyRule.ParseAll(variable("NO_PROXY") ?? variable("no_proxy"));
        return (http ?? https ?? all) is null
            ? new ProxyResolver(null, null, exceptions, system)
            : new ProxyResolver(http ?? all, https ?? all, exceptions, null);

        ProxyServer? Find(string name) =>
            variable(name) is { } upper ? ProxyServer.Parse(upper, name)
            : variable(name.ToLowerInvariant()) is { } lower ? ProxyServer.Parse(lower, name.ToLowerInvariant())
            : null;
    }

    /// <summary>The proxy for an address; null for a direct connection.</summary>
    public ProxyServer? Find(Uri target)
    {
        var host = target.IdnHost.ToLowerInvariant();
        if (IsNeverProxied(host) || exceptions.Any(rule => rule.Covers(host, target.Port)))
        {
            return null;
        }

        var named = target.Scheme == Uri.UriSchemeHttps ? https : http;
        return named is null && system?.IsBypassed(target) == false && system.GetProxy(target) is { } found
            ? new ProxyServer(found, SystemOrigin, null)
            : named;
    }

    Uri? IWebProxy.GetProxy(Uri destination) => Find(destination)?.Address;

    bool IWebProxy.IsBypassed(Uri host) => Find(host) is null;

    private static bool IsNeverProxied(string host)
    {
        if (host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal))
        {
            return true;
        }

        if (NoProxyRule.AddressOf(host) is not { } address)
        {
            return false;
        }

        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return true;
        }

        return address.AddressFamily == AddressFamily.InterNetwork
            ? address.GetAddressBytes() is [169, 254, ..]
            : address.IsIPv6LinkLocal || Metadata.Contains(address);
    }

    private sealed class Logins(IReadOnlyList<ProxyServer> servers, ICredentials? system) : ICredentials
    {
        public NetworkCredential? GetCredential(Uri uri, string authType) =>
            servers.FirstOrDefault(server => server.Address.Host == uri.Host && server.Address.Port == uri.Port)
                is { } known
                ? known.Login
                : system?.GetCredential(uri, authType);
    }
}

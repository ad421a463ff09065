using System.Net;
using Microsoft.AspNetCore.Http;

namespace Lading.Server;

/// <summary>
/// Blocks web pages: a browser on this machine can reach loopback, so any page could push images. Its requests have an <c>Origin</c>,
/// or, with a name that resolves to loopback, a foreign <c>Host</c>.
/// </summary>
internal static class RequestGuard
{
    /// <param name="request">The request.</param>
    /// <param name="needsLogin">True if logins are required: the registry may then have any host name.</param>
    public static bool Admits(HttpRequest request, bool needsLogin) =>
        (needsLogin || IsLoopback(request.Host.Host)) && string.IsNullOrEmpty(request.Headers.Origin);

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}

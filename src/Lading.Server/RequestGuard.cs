using System.Net;
using Microsoft.AspNetCore.Http;

namespace Lading.Server;

/// <summary>
/// Keeps web pages out: a browser on this machine reaches loopback, so a page of somebody else's could push images. Its
/// requests carry an <c>Origin</c>, or, with a name that was made to resolve to loopback, a foreign <c>Host</c>.
/// </summary>
internal static class RequestGuard
{
    /// <param name="request">The request.</param>
    /// <param name="needsLogin">True if strangers are kept out by logins: the registry may then have any name.</param>
    public static bool Admits(HttpRequest request, bool needsLogin) =>
        (needsLogin || IsLoopback(request.Host.Host)) && string.IsNullOrEmpty(request.Headers.Origin);

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}

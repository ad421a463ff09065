using System.Net.Sockets;
using System.Security.Authentication;

namespace Lading.Http;

/// <summary>Describes connection errors in a few words.</summary>
internal static class ConnectionWords
{
    public static string Of(Exception e, TimeSpan inactivity) =>
        e switch
        {
            ProxyFailureException proxy => proxy.Message,
            OperationCanceledException => $"nothing came for {inactivity.TotalSeconds:0} s",
            HttpRequestException { InnerException: SocketException socket } => socket.Message.TrimEnd('.'),
            HttpRequestException { InnerException: AuthenticationException tls } => tls.Message.TrimEnd('.'),
            HttpRequestException { InnerException: IOException inner } => inner.Message.TrimEnd('.'),
            _ => e.Message.TrimEnd('.'),
        };
}

using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Lading.Server.Connections;

/// <summary>Lets the connections of a listener send files without copying them through memory.</summary>
internal static class DirectConnections
{
    public static void Use(ListenOptions listener)
    {
        listener.Protocols = HttpProtocols.Http1;
        var placeholder = GC.AllocateUninitializedArray<byte>(FileSending.Part);
        listener.Use(next => connection => RunAsync(connection, placeholder, next));
    }

    private static async Task RunAsync(ConnectionContext connection, byte[] placeholder, ConnectionDelegate next)
    {
        if (OperatingSystem.IsWindows() || connection.Features.Get<IConnectionSocketFeature>() is not { } feature)
        {
            await next(connection).ConfigureAwait(false);
            return;
        }

        var transport = connection.Transport;
        var output = new SocketOutput(feature.Socket, transport.Output, placeholder);
        connection.Features.Set(output);
        connection.Transport = new DirectTransport(transport.Input, output);
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            connection.Transport = transport;
        }
    }

    private sealed record DirectTransport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}

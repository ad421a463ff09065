using System.Net;
using System.Net.Sockets;
using Lading.Layout;
using Lading.Server.Memory;
using Lading.Server.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lading.Server;

/// <summary>
/// The embedded registry over HTTP: OCI distribution-spec 1.1 under <c>/v2/</c>, and at <c>/</c> the ECR API and the part of STS that
/// identifies the account. On loopback, no credentials are needed by default: any are accepted.
/// </summary>
internal sealed class RegistryServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly UploadFolder uploads;
    private readonly AbandonedUploads abandoned;
    private readonly StoreEntry storeEntry;
    private readonly IdleTimer? idleTimer;

    private RegistryServer(
        WebApplication application,
        ServedRegistry registry,
        StoreEntry storeEntry,
        IdleTimer? idleTimer
    )
    {
        this.application = application;
        this.storeEntry = storeEntry;
        this.idleTimer = idleTimer;
        uploads = registry.Uploads;
        abandoned = new AbandonedUploads(registry.Store, uploads, registry.Options.Time);
        abandoned.Start();
        Address = registry.Address;
    }

    /// <summary>Its address: <c>http://127.0.0.1:5050/</c>.</summary>
    public Uri Address { get; }

    /// <summary>Starts serving a store; several servers and processes may use the same one.</summary>
    /// <exception cref="LadingException">The port is taken, or other machines could reach it without a login.</exception>
    public static async Task<RegistryServer> StartAsync(
        LayoutStore store,
        RegistryServerOptions options,
        CancellationToken cancellationToken
    )
    {
        if (!IPAddress.IsLoopback(options.Listen) && !options.Logins.AreNeeded)
        {
            throw LadingException.Usage(
                $"Could not serve the registry on {options.Listen}",
                "other machines can reach that address, and would need no login",
                "Name a file of logins with --logins, or listen on loopback."
            );
        }

        store.Prepare();
        var storeEntry = await StoreEntry.EnterAsync(store, options.Time, cancellationToken).ConfigureAwait(false);
        try
        {
            return await StartAsync(store, options, storeEntry, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await storeEntry.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        idleTimer?.Dispose();
        await application.StopAsync().ConfigureAwait(false);
        await application.DisposeAsync().ConfigureAwait(false);
        await abandoned.DisposeAsync().ConfigureAwait(false);
        uploads.Dispose();
        await storeEntry.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<RegistryServer> StartAsync(
        LayoutStore store,
        RegistryServerOptions options,
        StoreEntry storeEntry,
        CancellationToken cancellationToken
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var application = builder.Build();
        var uploads = new UploadFolder(store.Uploads, options.Time, options.MostUploads);
        // A given port may be called before this method returns.
        var registry =
            options.Port == 0 ? null : new ServedRegistry(store, uploads, options, AddressOf(options, options.Port));
        var idleTimer = options.WhenQuiet is { } act ? new IdleTimer(options.Time, act) : null;
        application.Run(http => AnswerAsync(new RegistryContext(http, registry!), idleTimer));
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            idleTimer?.Dispose();
            await application.DisposeAsync().ConfigureAwait(false);
            throw new LadingException(
                $"Could not serve the registry on {AddressOf(options, options.Port).Authority}",
                "another program has the port",
                "End it, or name another port with --port; 0 takes any that is free.",
                innerException: e
            );
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // An address of another machine, or a privileged port.
            idleTimer?.Dispose();
            await application.DisposeAsync().ConfigureAwait(false);
            throw new LadingException(
                $"Could not serve the registry on {AddressOf(options, options.Port).Authority}",
                CauseOf(e),
                "--listen names an address of this machine, and --port a port that you may use.",
                innerException: e
            );
        }

        registry ??= new ServedRegistry(store, uploads, options, AddressOf(options, PortOf(application)));
        return new RegistryServer(application, registry, storeEntry, idleTimer);
    }

    private static async Task AnswerAsync(RegistryContext context, IdleTimer? idleTimer)
    {
        idleTimer?.Begin();
        try
        {
            await RequestHandler.AnswerAsync(context).ConfigureAwait(false);
        }
        finally
        {
            idleTimer?.End();
        }
    }

    private static void Configure(KestrelServerOptions kestrel, RegistryServerOptions options)
    {
        if (options.Listen.Equals(IPAddress.Loopback) && options.Port != 0)
        {
            // With IPv6, localhost is ::1 for some programs.
            kestrel.ListenLocalhost(options.Port, SpeakHttp1);
        }
        else
        {
            kestrel.Listen(options.Listen, options.Port, SpeakHttp1);
        }

        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = 1000;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestHeaderCount = 100;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(30);
        // Layers have no size limit; their progress is checked while they are read.
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        // A client that pulls may be slow, but must not stop.
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 2400, gracePeriod: TimeSpan.FromMinutes(5));

        static void SpeakHttp1(ListenOptions listener) => listener.Protocols = HttpProtocols.Http1;
    }

    /// <summary>If IPv4 and IPv6 both fail, the inner exceptions have the reasons.</summary>
    private static string CauseOf(Exception failure) =>
        failure.InnerException is AggregateException { InnerExceptions: [var first, ..] }
            ? first.Message
            : failure.Message;

    private static Uri AddressOf(RegistryServerOptions options, int port) =>
        new($"http://{new IPEndPoint(options.Listen, port)}/");

    private static int PortOf(WebApplication application) =>
        new Uri(
            application
                .Services.GetRequiredService<IServer>()
                .Features.GetRequiredFeature<IServerAddressesFeature>()
                .Addresses.Single()
        ).Port;
}

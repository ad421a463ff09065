using System.Net;
using Lading.Layout;
using Lading.Server.Distribution;
using Lading.Server.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lading.Server;

/// <summary>
/// The embedded registry over HTTP, on loopback only: OCI distribution-spec 1.1 under <c>/v2/</c>, and at <c>/</c> the ECR
/// API and the one call of STS that tells the account. Nobody is asked for credentials; whatever is sent is accepted.
/// </summary>
internal sealed class RegistryServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly UploadFolder uploads;

    private RegistryServer(WebApplication application, UploadFolder uploads, Uri address)
    {
        this.application = application;
        this.uploads = uploads;
        Address = address;
    }

    /// <summary>Where it is: <c>http://127.0.0.1:5050/</c>.</summary>
    public Uri Address { get; }

    /// <summary>Starts serving a store; several servers and processes may use the same one.</summary>
    /// <exception cref="LadingException">The port is not to be had.</exception>
    public static async Task<RegistryServer> StartAsync(
        LayoutStore store,
        RegistryServerOptions options,
        CancellationToken cancellationToken
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, options.Port);
                kestrel.AddServerHeader = false;
                // Layers are as large as they are, and come as slowly as the disk of the one who pushes.
                kestrel.Limits.MaxRequestBodySize = null;
                kestrel.Limits.MinRequestBodyDataRate = null;
                kestrel.Limits.MinResponseDataRate = null;
            });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var application = builder.Build();
        var uploads = new UploadFolder(store.Uploads, options.Time);
        // A port that was named may be called before starting returns.
        var registry =
            options.Port == 0
                ? null
                : new ServedRegistry(store, uploads, options, new Uri($"http://127.0.0.1:{options.Port}/"));
        application.Run(http => AnswerAsync(new Exchange(http, registry!)));
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new LadingException(
                $"Could not serve the registry on 127.0.0.1:{options.Port}",
                "another program has the port",
                "End it, or name another port with --port; 0 takes any that is free.",
                innerException: e
            );
        }

        registry ??= new ServedRegistry(store, uploads, options, AddressOf(application));
        return new RegistryServer(application, uploads, registry.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync().ConfigureAwait(false);
        await application.DisposeAsync().ConfigureAwait(false);
        uploads.Dispose();
    }

    private static Uri AddressOf(WebApplication application) =>
        new(
            application
                .Services.GetRequiredService<IServer>()
                .Features.GetRequiredFeature<IServerAddressesFeature>()
                .Addresses.Single()
        );

    private static async Task AnswerAsync(Exchange exchange)
    {
        var cancellationToken = exchange.Request.HttpContext.RequestAborted;
        try
        {
            if (!RequestGuard.Admits(exchange.Request))
            {
                throw DistributionException.Denied("requests of web pages are not answered");
            }

            var endpoint =
                AwsRoutes.Find(exchange.Request)
                ?? DistributionRoutes.Get(exchange.Request.Method, exchange.Request.Path.Value ?? "");
            await endpoint.AnswerAsync(exchange, cancellationToken).ConfigureAwait(false);
        }
        catch (DistributionException failure) when (!exchange.Response.HasStarted)
        {
            await failure.WriteAsync(exchange, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or LadingException
                && !exchange.Response.HasStarted
                && !cancellationToken.IsCancellationRequested
            )
        {
            await DistributionException
                .Internal(failure.Message)
                .WriteAsync(exchange, cancellationToken)
                .ConfigureAwait(false);
        }
    }
}

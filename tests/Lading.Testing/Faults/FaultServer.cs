using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Lading.Testing.Faults;

/// <summary>
/// A proxy in front of a real registry that injects the faults of networks and registries into some requests and
/// forwards all others unchanged. Without a registry, it answers by its rules alone, and 404 if none matches.
/// </summary>
internal sealed class FaultServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly HttpClient? upstream;
    private readonly ConcurrentQueue<FaultRule> rules = [];
    private readonly ConcurrentQueue<SeenRequest> requests = [];

    private FaultServer(WebApplication application, HttpClient? upstream)
    {
        this.application = application;
        this.upstream = upstream;
    }

    /// <summary><c>127.0.0.1:PORT</c>, as in references.</summary>
    public string Host { get; private set; } = "";

    /// <summary>All requests, in order.</summary>
    public IReadOnlyList<SeenRequest> Requests => [.. requests];

    /// <param name="registry">The host of the registry behind it; null for none.</param>
    /// <param name="address">Where it listens; null for loopback.</param>
    /// <param name="certificate">The TLS certificate; null for plain HTTP.</param>
    public static async Task<FaultServer> StartAsync(
        string? registry = null,
        IPAddress? address = null,
        X509Certificate2? certificate = null
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.Listen(
                    address ?? IPAddress.Loopback,
                    0,
                    listener =>
                    {
                        if (certificate is not null)
                        {
                            listener.UseHttps(certificate);
                        }
                    }
                );
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = null;
                kestrel.Limits.MinRequestBodyDataRate = null;
                kestrel.Limits.MinResponseDataRate = null;
            });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(1));
        var application = builder.Build();
        var upstream = registry is null
            ? null
            : new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            {
                BaseAddress = new Uri($"http://{registry}/"),
                Timeout = Timeout.InfiniteTimeSpan,
            };
        var server = new FaultServer(application, upstream);
        application.Run(server.AnswerAsync);
        await application.StartAsync(TestContext.Current.CancellationToken);
        server.Host = new Uri(
            application
                .Services.GetRequiredService<IServer>()
                .Features.GetRequiredFeature<IServerAddressesFeature>()
                .Addresses.Single()
        ).Authority;
        return server;
    }

    /// <summary>Injects a fault into some requests. Of several matching rules, the newest applies.</summary>
    /// <param name="method">The request's method; <c>*</c> for any.</param>
    /// <param name="path">A part of its path and query.</param>
    /// <param name="fault">What happens to the request.</param>
    /// <param name="times">How many requests it hits.</param>
    /// <param name="skip">How many matching requests it spares first.</param>
    public FaultRule On(string method, string path, Fault fault, int times = int.MaxValue, int skip = 0)
    {
        var rule = new FaultRule(method, path, skip, times, fault);
        rules.Enqueue(rule);
        return rule;
    }

    /// <summary>How many requests of a kind there were.</summary>
    public int Count(string method, string path) =>
        requests.Count(request => request.Method == method && request.Address.Contains(path, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        upstream?.Dispose();
        await application.StopAsync();
        await application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var address = context.Request.Path + context.Request.QueryString.Value;
        var seen = new SeenRequest(
            context.Request.Method,
            address,
            context.Request.Headers.Authorization.ToString(),
            context.Request.Headers.Range.ToString(),
            context.Request.Protocol
        );
        requests.Enqueue(seen);
        var exchange = new FaultedRequest(context, upstream);
        // Every rule is asked, so that each counts its requests.
        var met = rules.Reverse().Where(rule => rule.Takes(seen.Method, address)).ToList();
        try
        {
            await (met.Count == 0 ? exchange.PassAsync() : met[0].Fault(exchange));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            context.Abort();
        }
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Lading.Bench.Images;

/// <summary>A proxy in front of a registry that forwards everything unchanged, and counts requests.</summary>
internal sealed class RequestCounter : IAsyncDisposable
{
    private static readonly string[] OfTheConnection =
    [
        "Connection",
        "Transfer-Encoding",
        "Keep-Alive",
        "Expect",
        "Host",
    ];
    private readonly WebApplication server;
    private readonly HttpClient http;
    private int count;

    private RequestCounter(string registry)
    {
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri($"http://{registry}/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .UseUrls("http://127.0.0.1:0")
            .ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        server = builder.Build();
        server.Run(AnswerAsync);
    }

    public string Host => new Uri(server.Urls.First()).Authority;

    public int Count => Volatile.Read(ref count);

    public static async Task<RequestCounter> StartAsync(string registry, CancellationToken cancellationToken)
    {
        var counter = new RequestCounter(registry);
        await counter.server.StartAsync(cancellationToken);
        return counter;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        http.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        // Some clients ask each time which version of the protocol is served; that counts too.
        Interlocked.Increment(ref count);
        using var message = Message(context);
        using var answer = await http.SendAsync(
            message,
            HttpCompletionOption.ResponseHeadersRead,
            context.RequestAborted
        );
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (
            var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => IsHandedOn(header.Key))
        )
        {
            context.Response.Headers[name] = values.ToArray();
        }

        if (context.Request.Method != "HEAD")
        {
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    private static HttpRequestMessage Message(HttpContext context)
    {
        var message = new HttpRequestMessage(
            new HttpMethod(context.Request.Method),
            new Uri(context.Request.Path + context.Request.QueryString.Value, UriKind.Relative)
        );
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            message.Content = new StreamContent(context.Request.Body);
        }

        // The registry derives its address from the Host header.
        message.Headers.Host = context.Request.Host.Value;
        foreach (var (name, values) in context.Request.Headers.Where(header => IsHandedOn(header.Key)))
        {
            if (!message.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        return message;
    }

    private static bool IsHandedOn(string header) =>
        !OfTheConnection.Contains(header, StringComparer.OrdinalIgnoreCase);
}

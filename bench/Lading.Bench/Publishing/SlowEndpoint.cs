using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lading.Bench.Publishing;

/// <summary>
/// An AWS endpoint that answers each call after a fixed time, with what a stand-in for AWS once answered to the same
/// question: only the number and order of the calls count, not how fast the stand-in is.
/// </summary>
internal sealed class SlowEndpoint : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Task<Answer>> answers = new(StringComparer.Ordinal);
    private readonly HttpClient http = new();
    private readonly WebApplication server;
    private readonly Func<string, Uri> standIn;
    private readonly TimeSpan delay;
    private ConcurrentQueue<string> calls = [];

    private SlowEndpoint(Func<string, Uri> standIn, TimeSpan delay)
    {
        this.standIn = standIn;
        this.delay = delay;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        server = builder.Build();
        server.Run(AnswerAsync);
    }

    /// <summary>The address for clients.</summary>
    public Uri Address => new(server.Urls.First());

    /// <summary>The number of calls since it was last taken.</summary>
    public int TakeCalls() => Interlocked.Exchange(ref calls, []).Count;

    /// <summary>The same, by operation: <c>DescribeImages</c>.</summary>
    public IReadOnlyDictionary<string, int> TakeOperations() =>
        Interlocked
            .Exchange(ref calls, [])
            .GroupBy(call => call, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

    public static Task<SlowEndpoint> StartAsync(Uri standIn, TimeSpan delay, CancellationToken cancellationToken) =>
        StartAsync(_ => standIn, delay, cancellationToken);

    /// <param name="standIn">
    /// The stand-in that answers, by the target that a call names; the target is empty in another protocol.
    /// </param>
    /// <param name="delay">How long each call takes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<SlowEndpoint> StartAsync(
        Func<string, Uri> standIn,
        TimeSpan delay,
        CancellationToken cancellationToken
    )
    {
        var endpoint = new SlowEndpoint(standIn, delay);
        await endpoint.server.StartAsync(cancellationToken);
        return endpoint;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        http.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var waiting = Task.Delay(delay, context.RequestAborted);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var question = body.ToArray();
        var target = TargetOf(context.Request);
        calls.Enqueue(OperationOf(target, question));
        var key =
            $"{context.Request.Method} {context.Request.Path} {target} {Convert.ToHexString(SHA256.HashData(question))}";
        var answer = await answers.GetOrAdd(key, _ => AskAsync(context.Request, question));
        await waiting;
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static string TargetOf(HttpRequest request) => request.Headers["X-Amz-Target"].ToString();

    /// <summary>The last part of the target, or the form's <c>Action</c>.</summary>
    private static string OperationOf(string target, byte[] question) =>
        target.Length > 0
            ? target[(target.LastIndexOf('.') + 1)..]
            : Encoding
                .UTF8.GetString(question)
                .Split('&')
                .FirstOrDefault(pair => pair.StartsWith("Action=", StringComparison.Ordinal), "Action=?")[
                "Action=".Length..
            ];

    private async Task<Answer> AskAsync(HttpRequest request, byte[] question)
    {
        using var message = new HttpRequestMessage(
            new HttpMethod(request.Method),
            new Uri(standIn(TargetOf(request)), request.Path)
        );
        message.Content = new ByteArrayContent(question);
        foreach (var name in new[] { "Content-Type", "X-Amz-Target", "X-Amz-Date", "Authorization" })
        {
            if (
                request.Headers.TryGetValue(name, out var value)
                && !message.Headers.TryAddWithoutValidation(name, value.ToString())
            )
            {
                message.Content.Headers.TryAddWithoutValidation(name, value.ToString());
            }
        }

        using var response = await http.SendAsync(message);
        return new Answer(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsByteArrayAsync()
        );
    }

    private sealed record Answer(int Status, string? ContentType, byte[] Body);
}

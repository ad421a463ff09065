using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Lading.Testing.Faults;

/// <summary>One request at a <see cref="FaultServer"/>, and the ways to answer it.</summary>
internal sealed class FaultedRequest(HttpContext context, HttpClient? upstream)
{
    private static readonly string[] HopByHop = ["Connection", "Transfer-Encoding", "Keep-Alive", "Expect", "Host"];

    public HttpRequest Request => context.Request;

    private CancellationToken Gone => context.RequestAborted;

    /// <summary>Answers without asking the registry, and without reading the rest of the request.</summary>
    public async Task AnswerAsync(int status, string body = "", params (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.ContentLength = bytes.Length;
        if (bytes.Length > 0 && context.Request.Method != "HEAD")
        {
            await context.Response.Body.WriteAsync(bytes, Gone);
        }
    }

    /// <summary>Reads the whole request, then answers with an error of the protocol.</summary>
    public async Task FailAsync(
        HttpStatusCode status,
        string code = "UNAVAILABLE",
        string message = "not now",
        params (string Name, string Value)[] headers
    )
    {
        await context.Request.Body.CopyToAsync(Stream.Null, Gone);
        var error = $$$"""{"errors":[{"code":"{{{code}}}","message":"{{{message}}}"}]}""";
        await AnswerAsync((int)status, error, [("Content-Type", "application/json"), .. headers]);
    }

    /// <summary>Drops the connection.</summary>
    public Task DropAsync()
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Drops the connection once this many bytes of the request's body have arrived.</summary>
    public async Task DropAfterAsync(long bytes)
    {
        await ReadAsync(bytes);
        context.Abort();
    }

    /// <summary>Reads the next bytes of the request's body.</summary>
    public async Task<byte[]> ReadAsync(long bytes)
    {
        using var read = new MemoryStream();
        await CopyAsync(context.Request.Body, read, bytes);
        return read.ToArray();
    }

    /// <summary>Sends and reads nothing until the client gives up.</summary>
    public Task StallAsync() => Task.Delay(Timeout.Infinite, Gone);

    /// <summary>Forwards the request, and relays the answer.</summary>
    public async Task PassAsync()
    {
        if (upstream is null)
        {
            await AnswerAsync(404);
            return;
        }

        using var answer = await AskAsync();
        await RelayAsync(answer);
    }

    /// <summary>Forwards the request.</summary>
    public Task<HttpResponseMessage> AskAsync(Action<HttpRequestMessage>? change = null)
    {
        var message = new HttpRequestMessage(
            new HttpMethod(context.Request.Method),
            context.Request.Path + context.Request.QueryString.Value
        );
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            message.Content = new StreamContent(context.Request.Body, 128 * 1024);
        }

        // The registry derives its address from the Host header.
        message.Headers.Host = context.Request.Host.Value;
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!HopByHop.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                _ =
                    message.Headers.TryAddWithoutValidation(name, values.ToArray())
                    || message.Content?.Headers.TryAddWithoutValidation(name, values.ToArray()) == true;
            }
        }

        change?.Invoke(message);
        return upstream!.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, Gone);
    }

    /// <summary>Relays an answer.</summary>
    /// <param name="answer">The registry's answer.</param>
    /// <param name="change">Changes the body; null to leave it as it is.</param>
    /// <param name="keep">Drops the connection after this many bytes of the body; null to relay them all.</param>
    public async Task RelayAsync(HttpResponseMessage answer, Func<byte[], byte[]>? change = null, long? keep = null)
    {
        CopyHead(answer);
        if (context.Request.Method == "HEAD")
        {
            return;
        }

        Stream body;
        if (change is null)
        {
            body = await answer.Content.ReadAsStreamAsync(Gone);
        }
        else
        {
            var bytes = change(await answer.Content.ReadAsByteArrayAsync(Gone));
            context.Response.ContentLength = bytes.Length;
            body = new MemoryStream(bytes);
        }

        await using (body)
        {
            if (keep is { } most)
            {
                await CopyAsync(body, context.Response.Body, most);
                await context.Response.Body.FlushAsync(Gone);
                // Flushed bytes are still on their way to the socket.
                await Task.Delay(20, Gone);
                context.Abort();
                return;
            }

            await body.CopyToAsync(context.Response.Body, Gone);
        }
    }

    /// <summary>Begins the answer, and stalls after some bytes of it.</summary>
    public async Task RelayAndStallAsync(HttpResponseMessage answer, long keep)
    {
        CopyHead(answer);
        var body = await answer.Content.ReadAsStreamAsync(Gone);
        await CopyAsync(body, context.Response.Body, keep);
        await context.Response.Body.FlushAsync(Gone);
        await StallAsync();
    }

    private void CopyHead(HttpResponseMessage answer)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!HopByHop.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }
    }

    private async Task CopyAsync(Stream from, Stream to, long bytes)
    {
        var buffer = new byte[16 * 1024];
        while (bytes > 0)
        {
            var read = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes)), Gone);
            if (read == 0)
            {
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, read), Gone);
            bytes -= read;
        }
    }
}

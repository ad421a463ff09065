using System.Net;
using Lading.Testing.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Lading.Testing.Cloud;

/// <summary>A <see cref="TestAws"/> on loopback, for programs that speak to AWS through sockets.</summary>
internal sealed class TestAwsServer : IAsyncDisposable
{
    private readonly WebApplication front;
    private readonly HttpMessageInvoker aws;
    private readonly TestAws account;
    private readonly Dictionary<string, HttpMessageInvoker> others = new(StringComparer.Ordinal);

    private TestAwsServer(WebApplication front, TestAws aws)
    {
        this.front = front;
        account = aws;
        this.aws = new HttpMessageInvoker(aws, disposeHandler: false);
    }

    /// <summary>Environment variables that make programs call this server and nothing else.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public static async Task<TestAwsServer> StartAsync(TestAws aws, string region)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new TestAwsServer(builder.Build(), aws);
        server.front.Run(server.AnswerAsync);
        await server.front.StartAsync(TestContext.Current.CancellationToken);
        var address = server
            .front.Services.GetRequiredService<IServer>()
            .Features.GetRequiredFeature<IServerAddressesFeature>()
            .Addresses.Single();
        aws.Registry = address;
        server.Variables["AWS_ENDPOINT_URL"] = address;
        server.Variables["AWS_ACCESS_KEY_ID"] = "testing";
        server.Variables["AWS_SECRET_ACCESS_KEY"] = "testing";
        server.Variables["AWS_REGION"] = region;
        server.Variables["AWS_CONFIG_FILE"] = "/dev/null";
        server.Variables["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        server.Variables["AWS_EC2_METADATA_DISABLED"] = "true";
        return server;
    }

    /// <summary>
    /// Adds the same account in another region, for requests signed for that region; disposed of with this server.
    /// </summary>
    public void Add(string region, TestAws other) => others[region] = new HttpMessageInvoker(other);

    public async ValueTask DisposeAsync()
    {
        await front.StopAsync();
        await front.DisposeAsync();
        aws.Dispose();
        foreach (var other in others.Values)
        {
            other.Dispose();
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/v2", StringComparison.Ordinal))
        {
            await GiveAsync(context);
            return;
        }

        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method),
            $"http://aws.invalid{context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}"
        );
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        request.Content = new ByteArrayContent(body.ToArray());
        foreach (var name in new[] { "Authorization", "X-Amz-Target", "x-amz-expected-bucket-owner" })
        {
            if (context.Request.Headers.TryGetValue(name, out var value))
            {
                request.Headers.TryAddWithoutValidation(name, value.ToString());
            }
        }

        // The signature names the region: Credential=key/date/region/service/aws4_request.
        var signed = context.Request.Headers.Authorization.ToString().Split('/');
        var region = signed.Length > 2 ? others.GetValueOrDefault(signed[2]) : null;
        using var answer = await (region ?? aws).SendAsync(request, context.RequestAborted);
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        if (answer.Headers.TryGetValues("x-amzn-ErrorType", out var error))
        {
            context.Response.Headers["x-amzn-ErrorType"] = error.Single();
        }

        var now = account.Skew is { } skew ? TimeProvider.System.GetUtcNow() + skew : account.Ecs.Now;
        context.Response.Headers.Date = now.ToString("R");
        await new FaultedRequest(context, null).AnswerAsync(
            (int)answer.StatusCode,
            await answer.Content.ReadAsStringAsync(context.RequestAborted)
        );
    }

    /// <summary>
    /// Serves manifests and configurations over the distribution protocol; the only writes are tags of existing
    /// manifests.
    /// </summary>
    private async Task GiveAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (HttpMethods.IsPut(context.Request.Method))
        {
            await TagAsync(context, RepositoryOf(path), name);
            return;
        }

        var tagged = account.Images.Where(image => image.Key.Repository == RepositoryOf(path));
        var digest = tagged.FirstOrDefault(image => image.Value.Contains(name)).Key.Digest ?? name;
        if (!account.Content.TryGetValue(digest, out var content))
        {
            context.Response.StatusCode = path == "/v2/" ? 200 : 404;
            return;
        }

        using var manifest = System.Text.Json.JsonDocument.Parse(content);
        context.Response.ContentType = path.Contains("/manifests/", StringComparison.Ordinal)
            ? manifest.RootElement.GetProperty("mediaType").GetString()
            : "application/octet-stream";
        context.Response.Headers["Docker-Content-Digest"] = digest;
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }

    private static string RepositoryOf(string path) =>
        path.Split("/manifests/") is [var before, _] ? before["/v2/".Length..] : "";

    /// <summary>Tags an existing manifest, if the caller may.</summary>
    private async Task TagAsync(HttpContext context, string repository, string tag)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var digest = Oci.Digest.OfBytes(body.ToArray()).ToString();
        if (account.Ecr.Denied.Contains("PutImage") || !account.Images.TryGetValue((repository, digest), out var tags))
        {
            context.Response.StatusCode = 403;
            return;
        }

        tags.Add(tag);
        context.Response.StatusCode = 201;
        context.Response.Headers["Docker-Content-Digest"] = digest;
    }
}

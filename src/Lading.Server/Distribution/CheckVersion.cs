namespace Lading.Server.Distribution;

/// <summary><c>GET /v2/</c>: that this is a registry.</summary>
internal sealed class CheckVersion : IEndpoint
{
    public Task AnswerAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        exchange.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        return exchange.WriteAsync(200, "application/json", "{}"u8.ToArray(), cancellationToken);
    }
}

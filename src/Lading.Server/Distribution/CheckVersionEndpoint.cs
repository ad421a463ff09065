namespace Lading.Server.Distribution;

/// <summary><c>GET /v2/</c>: identifies a registry.</summary>
internal sealed class CheckVersionEndpoint : IEndpoint
{
    public Task AnswerAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        return context.WriteAsync(200, "application/json", "{}"u8.ToArray(), cancellationToken);
    }
}

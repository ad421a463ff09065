using System.Net;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>Whether a registry exists and accepts the login (distribution-spec 1.1, end-1).</summary>
internal sealed record CheckLogin(string Host) : IRegistryRequest<bool>
{
    public string Attempted => $"Could not log in to {Host}";

    public ScopeSet Scope => ScopeSet.Empty;

    public HttpRequestMessage CreateMessage(Uri root) => new(HttpMethod.Get, new Uri(root, "v2/"));

    public bool IsAnswer(HttpStatusCode status) => status == HttpStatusCode.OK;

    public Task<bool> ReadAsync(RegistryAnswer answer, CancellationToken cancellationToken) => Task.FromResult(true);
}

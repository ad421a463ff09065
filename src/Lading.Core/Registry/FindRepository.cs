using System.Net;
using Lading.Http;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>Whether a repository has images (distribution-spec 1.1, end-8a). If it is unknown, it counts as having some.</summary>
internal sealed record FindRepository(RepositoryName Repository) : IRegistryRequest<bool>
{
    public string Attempted => $"Could not look for repository {Repository}";

    public ScopeSet Scope => new RegistryScope(Repository, Push: true);

    public HttpRequestMessage CreateMessage(Uri root) =>
        new(HttpMethod.Get, new Uri(root, $"v2/{Repository}/tags/list?n=1"));

    public bool IsAnswer(HttpStatusCode status) => (int)status is >= 200 and < 500 && !RetrySchedule.IsPassing(status);

    public Task<bool> ReadAsync(RegistryAnswer answer, CancellationToken cancellationToken) =>
        Task.FromResult(answer.Status != HttpStatusCode.NotFound);
}

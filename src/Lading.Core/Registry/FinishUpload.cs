using System.Net;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>PUT of a whole blob to an upload's location (distribution-spec 1.1, end-6): one request, as every registry takes it.</summary>
internal sealed record FinishUpload(RepositoryName Repository, BlobSource Blob, Uri Location, IProgress<long>? Progress)
    : IRegistryRequest<bool>
{
    public string Attempted => $"Could not upload blob {Blob.Descriptor.Digest} to {Repository}";

    public RegistryScope Scope => new(Repository, Push: true);

    public HttpRequestMessage CreateMessage(Uri root)
    {
        var separator = Location.Query.Length > 0 ? "&" : "?";
        var digest = Uri.EscapeDataString(Blob.Descriptor.Digest.ToString());
        return new HttpRequestMessage(HttpMethod.Put, new Uri($"{Location.AbsoluteUri}{separator}digest={digest}"))
        {
            Content = new BlobContent(Blob, Progress),
        };
    }

    public bool IsAnswer(HttpStatusCode status) => status is HttpStatusCode.Created or HttpStatusCode.NoContent;

    public Task<bool> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        Task.FromResult(true);
}

using System.Text.Json;

namespace Lading.Server.Ecr.Layers;

/// <summary>ecr:GetDownloadUrlForLayer: an address of the blob that needs no login.</summary>
internal sealed class GetDownloadUrlForLayer : IEcrOperation
{
    public Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var repository = call.Repository();
        var digest = LayerUpload.DigestOf(call.Input.Text("layerDigest"), "layerDigest");
        if (repository.Layout.Blobs.Find(digest) is null)
        {
            throw new EcrException(
                "LayersNotFoundException",
                $"The layer with digest '{digest}' does not exist in the repository with name '{repository.Name}' in the registry with id '{call.Account}'"
            );
        }

        var address = new Uri(call.Origin, $"/v2/{repository.Name}/blobs/{digest}");
        return Task.FromResult<Action<Utf8JsonWriter>>(json =>
        {
            json.WriteString("downloadUrl", address.AbsoluteUri);
            json.WriteString("layerDigest", digest.ToString());
        });
    }
}

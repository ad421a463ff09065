using System.Text.Json;
using Lading.Server.Access;

namespace Lading.Server.Ecr.Layers;

/// <summary>ecr:GetDownloadUrlForLayer: a URL of the blob that needs no login.</summary>
internal sealed class GetDownloadUrlForLayerOperation : IEcrOperation
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

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

        var path = $"/v2/{repository.Name}/blobs/{digest}";
        var query = call.Registry.Options.Logins.AreNeeded
            ? $"?{LoginCheck.TokenQuery}={call.Registry.Passwords.Issue(path, call.Now + Lifetime)}"
            : "";
        var address = new Uri(call.Origin, path + query);
        return Task.FromResult<Action<Utf8JsonWriter>>(json =>
        {
            json.WriteString("downloadUrl", address.AbsoluteUri);
            json.WriteString("layerDigest", digest.ToString());
        });
    }
}

using System.Text.Json;

namespace Lading.Server.Ecr.Layers;

/// <summary>ecr:InitiateLayerUpload.</summary>
internal sealed class InitiateLayerUploadOperation : IEcrOperation
{
    public Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var upload = call.Registry.Uploads.Start(call.Repository().Name);
        return Task.FromResult<Action<Utf8JsonWriter>>(json =>
        {
            json.WriteString("uploadId", upload.Id);
            json.WriteNumber("partSize", LayerUpload.PartSize);
        });
    }
}

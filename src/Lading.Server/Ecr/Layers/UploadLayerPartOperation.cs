using System.Text.Json;
using Lading.Oci;
using Lading.Server.Uploads;

namespace Lading.Server.Ecr.Layers;

/// <summary>ecr:UploadLayerPart: the next bytes of a layer.</summary>
internal sealed class UploadLayerPartOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var name = call.Repository().Name;
        var first = call.Input.Number("partFirstByte");
        var last = call.Input.Number("partLastByte");
        var bytes = call.Input.Bytes("layerPartBlob");
        var (upload, turn) = await LayerUpload.TakeAsync(call, name, cancellationToken).ConfigureAwait(false);
        using (turn)
        {
            if (first != upload.Length || last - first + 1 != bytes.Length || bytes.Length > LayerUpload.PartSize)
            {
                throw Refused(call, name, upload);
            }

            using var part = new MemoryStream(bytes);
            await upload.AppendAsync(part, bytes.Length, cancellationToken).ConfigureAwait(false);
            upload.Parts.Add(bytes.Length);
        }

        return json =>
        {
            call.WriteRepository(json, name);
            json.WriteString("uploadId", upload.Id);
            json.WriteNumber("lastByteReceived", last);
        };
    }

    private static EcrException Refused(EcrCall call, RepositoryName name, Upload upload)
    {
        var received = upload.Length;
        return new EcrException(
            "InvalidLayerPartException",
            $"The layer part is not the one that follows byte {received - 1} of the upload, not as long as it says, or longer than {LayerUpload.PartSize} bytes",
            json =>
            {
                call.WriteRepository(json, name);
                json.WriteString("uploadId", upload.Id);
                json.WriteNumber("lastValidByteReceived", Math.Max(0, received - 1));
            }
        );
    }
}

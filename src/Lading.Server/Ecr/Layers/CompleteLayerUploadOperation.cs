using System.Text.Json;
using Lading.Server.Uploads;

namespace Lading.Server.Ecr.Layers;

/// <summary>ecr:CompleteLayerUpload: the layer is in the repository, or nothing is.</summary>
internal sealed class CompleteLayerUploadOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var repository = call.Repository();
        var digests = call.Input.FindTexts("layerDigests", 1, 100) ?? throw call.Input.Missing("layerDigests");
        var digest = LayerUpload.DigestOf(digests[0], "layerDigests");
        var (upload, turn) = await LayerUpload
            .TakeAsync(call, repository.Name, cancellationToken)
            .ConfigureAwait(false);
        using (turn)
        {
            RequireParts(upload);
            try
            {
                if (repository.Layout.Blobs.Find(digest) is not null)
                {
                    throw new EcrException(
                        "LayerAlreadyExistsException",
                        $"The layer with digest '{digest}' already exists in the repository with name '{repository.Name}' in the registry with id '{call.Account}'"
                    );
                }

                var actual = await upload
                    .FinishAsync(digest, call.Registry.Store, repository.Layout, cancellationToken)
                    .ConfigureAwait(false);
                if (actual is { } other)
                {
                    throw new EcrException(
                        "InvalidLayerException",
                        $"The calculated layer digest '{other}' does not match the digest of the request '{digest}'"
                    );
                }
            }
            finally
            {
                call.Registry.Uploads.End(upload);
            }
        }

        return json =>
        {
            call.WriteRepository(json, repository.Name);
            json.WriteString("uploadId", upload.Id);
            json.WriteString("layerDigest", digest.ToString());
        };
    }

    private static void RequireParts(Upload upload)
    {
        if (upload.Parts.Count == 0)
        {
            throw new EcrException("EmptyUploadException", $"The upload with id '{upload.Id}' has no layer parts");
        }

        if (upload.Parts.SkipLast(1).Any(length => length < LayerUpload.SmallestPart))
        {
            throw new EcrException(
                "LayerPartTooSmallException",
                $"Every layer part but the last has at least {LayerUpload.SmallestPart} bytes"
            );
        }
    }
}

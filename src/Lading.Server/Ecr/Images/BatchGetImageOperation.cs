using System.Text.Json;
using Lading.Oci;

namespace Lading.Server.Ecr.Images;

/// <summary>
/// ecr:BatchGetImage: manifests as they were pushed, whatever types the request accepts; archived images count as missing, as for every
/// pull.
/// </summary>
internal sealed class BatchGetImageOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var repository = call.Repository();
        var ids = ImageId.ReadList(call.Input) ?? throw call.Input.Missing("imageIds");
        var held = await HeldImages.ReadAsync(repository, cancellationToken).ConfigureAwait(false);
        var images = new List<(ImageId Id, ManifestContent Manifest)>();
        var failures = new List<ImageFailure>();
        foreach (var id in ids)
        {
            var (image, failure) = id.FindIn(held);
            if (image is null)
            {
                failures.Add(failure!);
                continue;
            }

            var manifest = StorageClass.Of(repository.Record, image.Digest).IsArchived
                ? null
                : await repository
                    .Layout.FindManifestContentAsync(image.Digest, cancellationToken)
                    .ConfigureAwait(false);
            if (manifest is null)
            {
                failures.Add(ImageFailure.NotFound(id));
            }
            else
            {
                images.Add((id with { Digest = image.Digest.ToString() }, manifest));
            }
        }

        return json =>
        {
            json.WriteList(
                "images",
                images,
                image =>
                {
                    json.WriteStartObject();
                    ImageJson.WriteMembers(json, call, repository, image.Id, image.Manifest);
                    json.WriteEndObject();
                }
            );
            json.WriteList("failures", failures, failure => failure.Write(json));
        };
    }
}

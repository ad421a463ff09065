using System.Text.Json;

namespace Lading.Server.Ecr.Images;

/// <summary>
/// ecr:UpdateImageStorageClass: archives an image, which can then be described but not pulled, or restores it, which is instant here.
/// </summary>
internal sealed class UpdateImageStorageClassOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var repository = call.Repository();
        var id = ImageId.Read(call.Input.Object("imageId"));
        var archives =
            (
                call.Input.FindChoice("targetStorageClass", "STANDARD", "ARCHIVE")
                ?? throw call.Input.Missing("targetStorageClass")
            ) == "ARCHIVE";
        var held = await HeldImages.ReadAsync(repository, cancellationToken).ConfigureAwait(false);
        var image = id.GetFrom(held, repository);
        if (StorageClass.Of(repository.Record, image.Digest).IsArchived == archives)
        {
            throw new EcrException(
                "ImageStorageClassUpdateNotSupportedException",
                $"The image with imageId {id} is in that storage class already"
            );
        }

        var changed = await call.ChangeAsync(
                repository.Name,
                record =>
                    archives
                        ? record.WithArchived(image.Digest.ToString(), call.Now)
                        : record.WithRestored(image.Digest.ToString(), call.Now),
                cancellationToken
            )
            .ConfigureAwait(false);
        return json =>
        {
            call.WriteRepository(json, repository.Name);
            (id with { Digest = image.Digest.ToString() }).WriteMember(json);
            json.WriteString("imageStatus", StorageClass.Of(changed.Record, image.Digest).Status);
        };
    }
}

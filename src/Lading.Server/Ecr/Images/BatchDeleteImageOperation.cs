using System.Text.Json;
using Lading.Layout;
using Lading.Oci;

namespace Lading.Server.Ecr.Images;

/// <summary>ecr:BatchDeleteImage: a tag, with its image if it was the last one; or an image with all its tags. Children of an index stay.</summary>
internal sealed class BatchDeleteImageOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var repository = call.Repository();
        var ids = ImageId.ReadList(call.Input) ?? throw call.Input.Missing("imageIds");
        var deletion = new ImageDeletion(repository.Layout);
        await deletion.CarryOutAsync(ids, cancellationToken).ConfigureAwait(false);
        await ForgetAsync(call, repository, deletion.Images, cancellationToken).ConfigureAwait(false);
        return json =>
        {
            json.WriteList("imageIds", deletion.Deleted, id => id.Write(json));
            json.WriteList("failures", deletion.Failures, failure => failure.Write(json));
        };
    }

    /// <summary>A deleted image has no storage class.</summary>
    private static async Task ForgetAsync(
        EcrCall call,
        ServedRepository repository,
        IReadOnlyCollection<Digest> deleted,
        CancellationToken cancellationToken
    )
    {
        var known = deleted.Select(digest => StorageClass.Of(repository.Record, digest));
        if (known.Any(storage => storage.ArchivedAt is not null || storage.ActivatedAt is not null))
        {
            var keys = deleted.Select(digest => digest.ToString()).ToHashSet();
            await call
                .Registry.Store.ChangeAsync(repository.Name, record => record.WithoutImages(keys), cancellationToken)
                .ConfigureAwait(false);
        }
    }
}

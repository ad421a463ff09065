using System.Text.Json;
using Lading.Oci;

namespace Lading.Server.Ecr.Images;

/// <summary>ecr:ListImages: an entry for each tag, and one for each untagged image.</summary>
internal sealed class ListImagesOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var repository = call.Repository();
        var held = await HeldImages.ReadAsync(repository, cancellationToken).ConfigureAwait(false);
        var filter = ImageFilter.Read(call.Input);
        var ids = held
            .All.Where(image => filter.Passes(image, repository.Record))
            .SelectMany(image =>
                image.Tags.Select(tag => (Tag?)tag).DefaultIfEmpty().Select(tag => ImageId.Of(image.Digest, tag))
            );
        var page = EcrPage<ImageId>.Of(call.Input, ids, id => $"{id.Digest} {id.Tag}", 100, 1000);
        return json =>
        {
            json.WriteList("imageIds", page.Items, id => id.Write(json));
            json.WriteOptional("nextToken", page.Next);
        };
    }
}

using System.Text.Json;

namespace Lading.Server.Ecr.Images;

/// <summary>ecr:DescribeImages: the requested ones, all of which must exist, or all that pass a filter, page by page.</summary>
internal sealed class DescribeImagesOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var repository = call.Repository();
        var held = await HeldImages.ReadAsync(repository, cancellationToken).ConfigureAwait(false);
        var filter = ImageFilter.Read(call.Input);
        var page = ImageId.ReadList(call.Input) is { } ids
            ? Named(call, repository, held, ids, filter)
            : EcrPage<HeldImage>.Of(
                call.Input,
                held.All.Where(image => filter.Passes(image, repository.Record)),
                image => image.Digest.ToString(),
                100,
                1000
            );
        var details = new List<ServedImageDetail>();
        foreach (var image in page.Items)
        {
            if (
                await ServedImageDetail.FindAsync(repository, image, cancellationToken).ConfigureAwait(false) is
                { } detail
            )
            {
                details.Add(detail);
            }
        }

        return json =>
        {
            json.WriteList("imageDetails", details, detail => detail.Write(json, call, repository));
            json.WriteOptional("nextToken", page.Next);
        };
    }

    private static EcrPage<HeldImage> Named(
        EcrCall call,
        ServedRepository repository,
        HeldImages held,
        IReadOnlyList<ImageId> ids,
        ImageFilter filter
    )
    {
        if (call.Input.FindText("nextToken") is not null || call.Input.FindNumber("maxResults") is not null)
        {
            throw EcrException.Invalid("nextToken and maxResults cannot be used with imageIds");
        }

        var images = new List<HeldImage>();
        foreach (var id in ids)
        {
            var image = id.GetFrom(held, repository);
            images.Add(
                filter.Passes(image, repository.Record)
                    ? image
                    : throw EcrException.ImageNotFound(id.ToString(), repository)
            );
        }

        return new EcrPage<HeldImage>([.. images.DistinctBy(image => image.Digest)], Next: null);
    }
}

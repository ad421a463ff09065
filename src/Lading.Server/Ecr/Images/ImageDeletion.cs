using Lading.Layout;
using Lading.Oci;

namespace Lading.Server.Ecr.Images;

/// <summary>One deletion of up to a hundred images, in one change of the layout.</summary>
internal sealed class ImageDeletion(ImageLayout layout)
{
    private readonly List<ImageId> deleted = [];
    private readonly List<ImageFailure> failures = [];
    private readonly HashSet<Digest> images = [];

    /// <summary>What was deleted: each tag with its digest, and untagged digests.</summary>
    public IReadOnlyList<ImageId> Deleted => deleted;

    public IReadOnlyList<ImageFailure> Failures => failures;

    /// <summary>The deleted images.</summary>
    public IReadOnlyCollection<Digest> Images => images;

    public async Task CarryOutAsync(IReadOnlyList<ImageId> ids, CancellationToken cancellationToken)
    {
        if (!layout.Exists)
        {
            failures.AddRange(ids.Select(ImageFailure.NotFound));
            return;
        }

        await layout
            .ChangeAsync(
                async index =>
                {
                    var parents = await ParentsAsync(index, cancellationToken).ConfigureAwait(false);
                    // Indexes first: their children may be deleted in the same call.
                    foreach (var id in ids.OrderBy(id => IsChild(id, index, parents)))
                    {
                        index = Delete(id, index, parents);
                    }

                    return index;
                },
                cancellationToken
            )
            .ConfigureAwait(false);

        // After the index: a process killed in between leaves files that nothing refers to.
        foreach (var digest in images)
        {
            layout.Blobs.Remove(digest);
        }
    }

    private LayoutIndex Delete(ImageId id, LayoutIndex index, Dictionary<Digest, List<Digest>> parents)
    {
        var (image, failure) = id.FindIn(HeldImages.Of(index));
        if (image is null)
        {
            failures.Add(failure!);
            return index;
        }

        if (id.Tag is not null && (image.Tags.Count > 1 || ParentOf(image.Digest, index, parents) is not null))
        {
            deleted.Add(ImageId.Of(image.Digest, Tag.Parse(id.Tag)));
            return index.Without(Tag.Parse(id.Tag), keep: true);
        }

        if (ParentOf(image.Digest, index, parents) is { } parent)
        {
            failures.Add(
                new ImageFailure(
                    id,
                    "ImageReferencedByManifestList",
                    $"Requested image referenced by manifest list: [{parent}]"
                )
            );
            return index;
        }

        images.Add(image.Digest);
        deleted.AddRange(
            image.Tags.Count == 0 ? [ImageId.Of(image.Digest)] : image.Tags.Select(tag => ImageId.Of(image.Digest, tag))
        );
        return index.Without(image.Digest);
    }

    private static bool IsChild(ImageId id, LayoutIndex index, Dictionary<Digest, List<Digest>> parents) =>
        id.FindIn(HeldImages.Of(index)).Image is { } image && parents.ContainsKey(image.Digest);

    /// <summary>A remaining index that contains an image; null if there is none.</summary>
    private static Digest? ParentOf(Digest digest, LayoutIndex index, Dictionary<Digest, List<Digest>> parents) =>
        parents.TryGetValue(digest, out var all)
            ? all.Cast<Digest?>().FirstOrDefault(parent => index.Find(parent!.Value) is not null)
            : null;

    /// <summary>The indexes of the layout that contain each manifest.</summary>
    private async Task<Dictionary<Digest, List<Digest>>> ParentsAsync(
        LayoutIndex index,
        CancellationToken cancellationToken
    )
    {
        var parents = new Dictionary<Digest, List<Digest>>();
        foreach (var (entry, _) in index.Images().Where(image => MediaTypes.IsIndex(image.Entry.MediaType)))
        {
            var manifest = await layout.FindManifestContentAsync(entry.Digest, cancellationToken).ConfigureAwait(false);
            foreach (var child in manifest?.Children ?? [])
            {
                if (!parents.TryGetValue(child.Digest, out var all))
                {
                    parents[child.Digest] = all = [];
                }

                all.Add(entry.Digest);
            }
        }

        return parents;
    }
}

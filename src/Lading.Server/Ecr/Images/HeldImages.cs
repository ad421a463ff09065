using Lading.Layout;
using Lading.Oci;

namespace Lading.Server.Ecr.Images;

/// <summary>The images of a repository at one moment, ordered by digest.</summary>
internal sealed class HeldImages
{
    private readonly Dictionary<Digest, HeldImage> byDigest;
    private readonly Dictionary<Tag, HeldImage> byTag = [];

    private HeldImages(LayoutIndex index)
    {
        byDigest = index
            .Images()
            .Select(image => new HeldImage(image.Entry.Digest, image.Entry.MediaType, image.Tags))
            .ToDictionary(image => image.Digest);
        foreach (var image in byDigest.Values)
        {
            foreach (var tag in image.Tags)
            {
                byTag[tag] = image;
            }
        }
    }

    public IReadOnlyList<HeldImage> All =>
        [.. byDigest.Values.OrderBy(image => image.Digest.ToString(), StringComparer.Ordinal)];

    public static async Task<HeldImages> ReadAsync(ServedRepository repository, CancellationToken cancellationToken) =>
        Of(await repository.Layout.ReadIndexAsync(cancellationToken).ConfigureAwait(false));

    public static HeldImages Of(LayoutIndex index) => new(index);

    public HeldImage? Find(Digest digest) => byDigest.GetValueOrDefault(digest);

    public HeldImage? Find(Tag tag) => byTag.GetValueOrDefault(tag);
}

/// <summary>An image in a repository's index, before any file of it is read.</summary>
internal sealed record HeldImage(Digest Digest, string MediaType, IReadOnlyList<Tag> Tags);

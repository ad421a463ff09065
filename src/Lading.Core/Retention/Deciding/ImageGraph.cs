using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Deciding;

/// <summary>The dependencies between the images of a repository. Images are numbered in the repository's order.</summary>
internal sealed class ImageGraph
{
    private static readonly IReadOnlyList<int> None = [];

    private readonly Dictionary<Digest, int> byDigest;
    private readonly Dictionary<string, int> byTag;
    private readonly List<int>?[] children;
    private readonly List<int>?[] parents;
    private readonly List<int>?[] referrers;
    private readonly List<int>?[] subjects;
    private readonly Lazy<Dictionary<string, Digest>> longDigests;

    public ImageGraph(StoredRepository repository)
    {
        Repository = DistinctImages.Of(repository);
        Host = UsedImage.UsualHost(repository.Host);
        var images = Repository.Images;
        byDigest = new Dictionary<Digest, int>(images.Count);
        byTag = new Dictionary<string, int>(images.Count, StringComparer.Ordinal);
        children = new List<int>?[images.Count];
        parents = new List<int>?[images.Count];
        referrers = new List<int>?[images.Count];
        subjects = new List<int>?[images.Count];
        longDigests = new Lazy<Dictionary<string, Digest>>(LongDigests);
        var connected = new List<(int Number, StoredImage Image)>();
        for (var i = 0; i < images.Count; i++)
        {
            var image = images[i];
            var mayConnect = image.Children is { Count: > 0 } || image.Subject is not null;
            byDigest[image.Digest] = i;
            foreach (var tag in image.Tags)
            {
                byTag[tag] = i;
                mayConnect |= SubjectTag.Is(tag);
            }

            if (mayConnect)
            {
                connected.Add((i, image));
            }
        }

        foreach (var (number, image) in connected)
        {
            Connect(number, image);
        }
    }

    /// <summary>The repository, without duplicates.</summary>
    public StoredRepository Repository { get; }

    /// <summary>The registry's host in its canonical form.</summary>
    public string Host { get; }

    public int Count => Repository.Images.Count;

    public StoredImage this[int image] => Repository.Images[image];

    /// <summary>The image of a digest or tag; null if there is none.</summary>
    public int? Find(ManifestReference manifest) =>
        manifest.Digest is { } digest ? Find(digest)
        : manifest.Tag is { } tag && byTag.TryGetValue(tag.Name, out var tagged) ? tagged
        : null;

    public int? Find(Digest digest) => byDigest.TryGetValue(digest, out var image) ? image : null;

    public IReadOnlyList<int> ChildrenOf(int index) => children[index] ?? None;

    /// <summary>The indexes that contain an image.</summary>
    public IReadOnlyList<int> ParentsOf(int child) => parents[child] ?? None;

    /// <summary>The referrers of an image: signatures, statements, SBOMs.</summary>
    public IReadOnlyList<int> ReferrersOf(int subject) => referrers[subject] ?? None;

    /// <summary>
    /// The subjects of a referrer in this repository. A tag in cosign's form refers to a subject just as a manifest
    /// does.
    /// </summary>
    public IReadOnlyList<int> SubjectsOf(int referrer) => subjects[referrer] ?? None;

    private void Connect(int i, StoredImage image)
    {
        foreach (var child in image.Children ?? [])
        {
            if (Find(child.Digest) is { } found && found != i)
            {
                Add(children, i, found);
                Add(parents, found, i);
            }
        }

        if (image.Subject is { } subject)
        {
            ConnectSubject(i, subject);
        }

        foreach (var tag in image.Tags)
        {
            if (SubjectTag.TryParse(tag, longDigests, out var named))
            {
                ConnectSubject(i, named);
            }
        }
    }

    private void ConnectSubject(int referrer, Digest subject)
    {
        if (Find(subject) is { } found && found != referrer && subjects[referrer]?.Contains(found) != true)
        {
            Add(subjects, referrer, found);
            Add(referrers, found, referrer);
        }
    }

    /// <summary>The digests that are too long for a tag, by the tag with their first digits.</summary>
    private Dictionary<string, Digest> LongDigests()
    {
        var found = new Dictionary<string, Digest>(StringComparer.Ordinal);
        foreach (var digest in byDigest.Keys.Where(digest => digest.Algorithm != DigestAlgorithm.Sha256))
        {
            found[ReferrersTag.Of(digest).Name] = digest;
        }

        return found;
    }

    private static void Add(List<int>?[] relation, int from, int to) => (relation[from] ??= []).Add(to);
}

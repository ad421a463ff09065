using System.Text.Json;
using Lading.Oci;

namespace Lading.Layout;

/// <summary>The <c>index.json</c> of a layout: which manifests it holds, and under which tags (image-spec 1.1, "Image Layout").</summary>
/// <param name="Entries">In the order of the file. An entry without a name is held by digest alone.</param>
internal sealed record LayoutIndex(IReadOnlyList<Descriptor> Entries)
{
    /// <summary>The annotation that holds a tag.</summary>
    public const string NameAnnotation = "org.opencontainers.image.ref.name";

    public static LayoutIndex Empty { get; } = new([]);

    /// <exception cref="FormatException">The bytes are no index.</exception>
    public static LayoutIndex Parse(ReadOnlyMemory<byte> bytes) =>
        new(ManifestContent.Parse(bytes, MediaTypes.OciIndex).Document.Manifests ?? []);

    /// <summary>What a tag stands on; null where there is no such tag.</summary>
    public Descriptor? Find(Tag tag) => Entries.LastOrDefault(entry => TagOf(entry) == tag);

    /// <summary>An entry of this digest; null where there is none.</summary>
    public Descriptor? Find(Digest digest) => Entries.FirstOrDefault(entry => entry.Digest == digest);

    /// <summary>The tags that stand on a digest, in byte order.</summary>
    public IReadOnlyList<Tag> TagsOf(Digest digest) =>
        Sorted(Entries.Where(entry => entry.Digest == digest && Find(TagOf(entry)) == entry));

    /// <summary>All tags, in byte order.</summary>
    public IReadOnlyList<Tag> Tags => Sorted(Entries);

    /// <summary>Each manifest that the index names once, with its tags in byte order.</summary>
    public IEnumerable<(Descriptor Entry, IReadOnlyList<Tag> Tags)> Images()
    {
        // Where a file has a tag twice, the later one counts, as in Find.
        var standing = new Dictionary<Tag, Digest>();
        foreach (var entry in Entries)
        {
            if (TagOf(entry) is { } tag)
            {
                standing[tag] = entry.Digest;
            }
        }

        var tags = standing.ToLookup(held => held.Value, held => held.Key);
        return Entries
            .DistinctBy(entry => entry.Digest)
            .Select(entry =>
                (entry, (IReadOnlyList<Tag>)[.. tags[entry.Digest].OrderBy(tag => tag.Name, StringComparer.Ordinal)])
            );
    }

    /// <summary>The index with a manifest in it, under a tag where one is given; the tag leaves what it stood on. Itself where that changes nothing.</summary>
    public LayoutIndex With(Descriptor manifest, Tag? tag)
    {
        if (tag is { } held && Find(held)?.Digest == manifest.Digest)
        {
            return this;
        }

        if (tag is not { } name)
        {
            return Find(manifest.Digest) is null ? new LayoutIndex([.. Entries, manifest]) : this;
        }

        var named = manifest with
        {
            Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [NameAnnotation] = name.Name },
        };
        var others = Entries
            .Where(entry => !(entry.Digest == manifest.Digest && IsNameless(entry)))
            .Select(entry => TagOf(entry) == name ? entry with { Annotations = null } : entry)
            .Where(entry => entry.Digest != manifest.Digest || !IsNameless(entry))
            .ToList();

        // What the tag leaves stays by digest, once.
        return new LayoutIndex([.. Once(others), named]);
    }

    /// <summary>The index without a tag; what it stood on goes with it where it was the last one and <paramref name="keep"/> is false.</summary>
    public LayoutIndex Without(Tag tag, bool keep) =>
        new([
            .. Once(
                Entries
                    .Where(entry => keep || TagOf(entry) != tag)
                    .Select(entry => TagOf(entry) == tag ? entry with { Annotations = null } : entry)
            ),
        ]);

    /// <summary>The index without a manifest and all tags on it.</summary>
    public LayoutIndex Without(Digest digest) => new([.. Entries.Where(entry => entry.Digest != digest)]);

    /// <summary>The bytes of the file.</summary>
    public byte[] ToBytes() =>
        JsonSerializer.SerializeToUtf8Bytes(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciIndex,
                Manifests = Entries,
            },
            OciJson.Plain.ManifestDocument
        );

    private Descriptor? Find(Tag? tag) => tag is { } name ? Find(name) : null;

    private static bool IsNameless(Descriptor entry) => TagOf(entry) is null;

    /// <summary>Some programs write a whole reference where the tag belongs: what follows its last colon counts.</summary>
    private static Tag? TagOf(Descriptor entry)
    {
        if (entry.Annotations?.GetValueOrDefault(NameAnnotation) is not { } name)
        {
            return null;
        }

        var text = name[(name.LastIndexOf(':') + 1)..];
        return !name.Contains('@', StringComparison.Ordinal) && Tag.TryParse(text, out var tag) ? tag : null;
    }

    private static IEnumerable<Descriptor> Once(IEnumerable<Descriptor> entries)
    {
        var all = entries.ToList();
        return all.Where((entry, i) => !IsNameless(entry) || all.FindIndex(other => other.Digest == entry.Digest) == i);
    }

    private static List<Tag> Sorted(IEnumerable<Descriptor> entries) =>
        [.. entries.Select(TagOf).OfType<Tag>().Distinct().OrderBy(tag => tag.Name, StringComparer.Ordinal)];
}

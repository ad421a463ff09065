using System.Text.Json;
using Lading.Oci;

namespace Lading.Layout;

/// <summary>The <c>index.json</c> of a layout: its manifests and their tags (image-spec 1.1, "Image Layout").</summary>
/// <param name="Entries">In the order of the file. An entry without a tag is referred to by digest alone.</param>
internal sealed record LayoutIndex(IReadOnlyList<Descriptor> Entries)
{
    /// <summary>The annotation with a tag.</summary>
    public const string NameAnnotation = "org.opencontainers.image.ref.name";

    /// <summary>An index with this many entries gets a stamp, by which a store recognizes it.</summary>
    private const int MinStampedEntries = 32;

    // Read from the annotations once.
    private Tag?[]? tags;

    public static LayoutIndex Empty { get; } = new([]);

    /// <exception cref="FormatException">The bytes are not an index.</exception>
    public static LayoutIndex Parse(ReadOnlyMemory<byte> bytes) =>
        new(ManifestContent.Parse(bytes, MediaTypes.OciIndex).Document.Manifests ?? []);

    private Tag?[] EntryTags => tags ??= [.. Entries.Select(TagOf)];

    /// <summary>The entry of a tag; null if the tag does not exist.</summary>
    public Descriptor? Find(Tag tag)
    {
        var at = Array.LastIndexOf(EntryTags, tag);
        return at < 0 ? null : Entries[at];
    }

    /// <summary>An entry of this digest; null if there is none.</summary>
    public Descriptor? Find(Digest digest) => Entries.FirstOrDefault(entry => entry.Digest == digest);

    /// <summary>The tags that point to a digest, in byte order.</summary>
    public IReadOnlyList<Tag> TagsOf(Digest digest) =>
        [
            .. CurrentTags()
                .Where(tag => tag.Value == digest)
                .Select(tag => tag.Key)
                .OrderBy(Name, StringComparer.Ordinal),
        ];

    /// <summary>All tags, in byte order.</summary>
    public IReadOnlyList<Tag> Tags => [.. EntryTags.OfType<Tag>().Distinct().OrderBy(Name, StringComparer.Ordinal)];

    /// <summary>Each manifest of the index once, with its tags in byte order.</summary>
    public IEnumerable<(Descriptor Entry, IReadOnlyList<Tag> Tags)> Images()
    {
        var current = CurrentTags().ToLookup(pair => pair.Value, pair => pair.Key);
        return Entries
            .DistinctBy(entry => entry.Digest)
            .Select(entry =>
                (entry, (IReadOnlyList<Tag>)[.. current[entry.Digest].OrderBy(Name, StringComparer.Ordinal)])
            );
    }

    /// <summary>
    /// The index with a manifest added, under a tag if one is given; the tag moves from its previous image. Returns
    /// itself if nothing changes.
    /// </summary>
    public LayoutIndex With(Descriptor manifest, Tag? tag)
    {
        if (tag is not { } name)
        {
            return Find(manifest.Digest) is null ? new LayoutIndex([.. Entries, manifest]) : this;
        }

        if (Find(name)?.Digest == manifest.Digest)
        {
            return this;
        }

        var named = manifest with
        {
            Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [NameAnnotation] = name.Name },
        };
        // The tag's previous image stays by digest, once; the manifest itself needs no entry without a tag.
        var others = Named()
            .Select(entry => entry.Tag == name ? Nameless(entry.Entry) : entry)
            .Where(entry => entry.Tag is not null || entry.Entry.Digest != manifest.Digest);
        return Of([.. Once(others), (named, name)]);
    }

    /// <summary>The index without a tag; the image is removed too if it was its last tag and <paramref name="keep"/> is false.</summary>
    public LayoutIndex Without(Tag tag, bool keep) =>
        Of([
            .. Once(
                Named()
                    .Where(entry => keep || entry.Tag != tag)
                    .Select(entry => entry.Tag == tag ? Nameless(entry.Entry) : entry)
            ),
        ]);

    /// <summary>The index without a manifest and all its tags.</summary>
    public LayoutIndex Without(Digest digest) => new([.. Entries.Where(entry => entry.Digest != digest)]);

    /// <summary>The index without some manifests and all their tags.</summary>
    public LayoutIndex Without(IReadOnlySet<Digest> digests) =>
        new([.. Entries.Where(entry => !digests.Contains(entry.Digest))]);

    /// <summary>The bytes of the file.</summary>
    /// <param name="generation">For a store, the generation of this write, if the index is large enough to be cached.</param>
    public byte[] ToBytes(string? generation = null) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciIndex,
                Manifests = Entries,
                Annotations =
                    generation is not null && Entries.Count >= MinStampedEntries
                        ? new Dictionary<string, string>(StringComparer.Ordinal)
                        {
                            [IndexStamp.Annotation] = generation,
                        }
                        : null,
            },
            OciJson.Plain.ManifestDocument
        );

    /// <summary>The entry of each tag; if a file has a tag twice, the later one counts.</summary>
    private Dictionary<Tag, Digest> CurrentTags()
    {
        var current = new Dictionary<Tag, Digest>();
        foreach (var (entry, tag) in Named())
        {
            if (tag is { } name)
            {
                current[name] = entry.Digest;
            }
        }

        return current;
    }

    private IEnumerable<(Descriptor Entry, Tag? Tag)> Named() => Entries.Zip(EntryTags);

    private static LayoutIndex Of(IReadOnlyList<(Descriptor Entry, Tag? Tag)> entries) =>
        new([.. entries.Select(entry => entry.Entry)]) { tags = [.. entries.Select(entry => entry.Tag)] };

    private static (Descriptor Entry, Tag? Tag) Nameless(Descriptor entry) => (entry with { Annotations = null }, null);

    private static string Name(Tag tag) => tag.Name;

    /// <summary>Some programs write a whole reference as the tag: the part after its last colon counts.</summary>
    private static Tag? TagOf(Descriptor entry)
    {
        if (entry.Annotations?.GetValueOrDefault(NameAnnotation) is not { } name)
        {
            return null;
        }

        var text = name[(name.LastIndexOf(':') + 1)..];
        return !name.Contains('@', StringComparison.Ordinal) && Tag.TryParse(text, out var tag) ? tag : null;
    }

    /// <summary>Without untagged entries whose digest an earlier entry has.</summary>
    private static IEnumerable<(Descriptor Entry, Tag? Tag)> Once(IEnumerable<(Descriptor Entry, Tag? Tag)> entries)
    {
        var seen = new HashSet<Digest>();
        foreach (var entry in entries)
        {
            var isFirst = seen.Add(entry.Entry.Digest);
            if (isFirst || entry.Tag is not null)
            {
                yield return entry;
            }
        }
    }
}

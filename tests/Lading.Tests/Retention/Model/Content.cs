using System.Globalization;
using System.Text;
using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Tests.Retention.Model;

/// <summary>An image's content, in any registry: a single image, an index, or a referrer.</summary>
internal sealed record Content(int Id)
{
    /// <summary>The upper bound of the numbers of contents in a world.</summary>
    public const int Most = 1024;

    private Content[]? whole;

    /// <summary>The images of an index.</summary>
    public IReadOnlyList<Content> Children { get; init; } = [];

    /// <summary>The subject of a referrer.</summary>
    public Content? Subject { get; init; }

    public Digest Digest => Names.Digests[Id];

    public string SourceTag => Names.SourceTags[Id];

    /// <summary>What a branch needs: the image by its source tag, in any registry.</summary>
    public UsedImage BySourceTag => Names.BySourceTag[Id];

    /// <summary>The descriptor that an index has for it.</summary>
    public Descriptor Descriptor => Names.Descriptors[Id];

    /// <summary>The content itself, and all that it needs.</summary>
    public IReadOnlyList<Content> Whole => whole ??= [this, .. Children];

    public bool Equals(Content? other) => Id == other?.Id;

    public override int GetHashCode() => Id;

    /// <summary>Digests and tags by number, created once because there are many short histories.</summary>
    private static class Names
    {
        public static Digest[] Digests { get; } =
        [
            .. Enumerable
                .Range(0, Most)
                .Select(id => Digest.OfBytes(Encoding.UTF8.GetBytes(id.ToString(CultureInfo.InvariantCulture)))),
        ];

        public static string[] SourceTags { get; } = [.. Digests.Select(digest => "src-" + digest.Hex[..40])];

        public static UsedImage[] BySourceTag { get; } =
        [.. SourceTags.Select(tag => new UsedImage(null, Stored.Web, Tag.Parse(tag)))];

        public static Descriptor[] Descriptors { get; } =
        [
            .. Digests.Select(digest => new Descriptor
            {
                MediaType = MediaTypes.OciManifest,
                Digest = digest,
                Size = 1,
            }),
        ];
    }
}

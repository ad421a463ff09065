using System.Globalization;
using System.Text;
using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Tests.Retention.Model;

/// <summary>What an image consists of, in whichever registry: an image, an index, or something about another one.</summary>
internal sealed record Content(int Id)
{
    /// <summary>Content has a number below this in each world.</summary>
    public const int Most = 1024;

    private Content[]? whole;

    /// <summary>Of an index: its images.</summary>
    public IReadOnlyList<Content> Children { get; init; } = [];

    /// <summary>Of a referrer: what it is about.</summary>
    public Content? Subject { get; init; }

    public Digest Digest => Names.Digests[Id];

    public string SourceTag => Names.SourceTags[Id];

    /// <summary>As a branch needs it: by its source tag, wherever that is.</summary>
    public UsedImage BySourceTag => Names.BySourceTag[Id];

    /// <summary>As an index names it.</summary>
    public Descriptor Descriptor => Names.Descriptors[Id];

    /// <summary>Itself and all that it needs.</summary>
    public IReadOnlyList<Content> Whole => whole ??= [this, .. Children];

    public bool Equals(Content? other) => Id == other?.Id;

    public override int GetHashCode() => Id;

    /// <summary>Digests and tags by number, made once: histories are many, and short.</summary>
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

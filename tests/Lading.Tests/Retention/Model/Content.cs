using System.Globalization;
using System.Text;
using Lading.Oci;

namespace Lading.Tests.Retention.Model;

/// <summary>What an image consists of, in whichever registry: an image, an index, or something about another one.</summary>
internal sealed record Content(int Id)
{
    /// <summary>Of an index: its images.</summary>
    public IReadOnlyList<Content> Children { get; init; } = [];

    /// <summary>Of a referrer: what it is about.</summary>
    public Content? Subject { get; init; }

    public Digest Digest => Names.DigestOf(Id);

    public string SourceTag => Names.SourceTagOf(Id);

    /// <summary>Itself and all that it needs.</summary>
    public IEnumerable<Content> Whole => [this, .. Children];

    public bool Equals(Content? other) => Id == other?.Id;

    public override int GetHashCode() => Id;

    /// <summary>Digests and tags by number, made once: histories are many, and short.</summary>
    private static class Names
    {
        private const int Most = 1024;

        private static readonly Digest[] Digests =
        [
            .. Enumerable
                .Range(0, Most)
                .Select(id => Digest.OfBytes(Encoding.UTF8.GetBytes(id.ToString(CultureInfo.InvariantCulture)))),
        ];

        private static readonly string[] SourceTags = [.. Digests.Select(digest => "src-" + digest.Hex[..40])];

        public static Digest DigestOf(int id) => Digests[id];

        public static string SourceTagOf(int id) => SourceTags[id];
    }
}

using Lading.Oci;

namespace Lading.Fingerprints;

/// <summary>The identity of an image: a SHA-256 over everything that goes into its build (docs/fingerprint.md).</summary>
internal readonly record struct Fingerprint
{
    private Fingerprint(string hex) => Hex = hex;

    /// <summary>64 lower-case hex digits.</summary>
    public string Hex { get; }

    /// <summary>The tag under which the image is pushed once: <c>src-</c> and the first 40 digits.</summary>
    public Tag SourceTag => Tag.Parse(SourceTagPrefix + Hex[..40]);

    /// <summary>The prefix of source tags.</summary>
    public const string SourceTagPrefix = "src-";

    /// <summary>Parses 64 hex digits.</summary>
    /// <exception cref="FormatException">The text is not a fingerprint.</exception>
    public static Fingerprint Parse(string text) =>
        text.Length == 64 && text.All(char.IsAsciiHexDigitLower)
            ? new Fingerprint(text)
            : throw new FormatException($"'{text}' is not a fingerprint: expected 64 lower-case hex digits.");

    internal static Fingerprint Of(ReadOnlySpan<byte> hash) => new(Convert.ToHexString(hash).ToLowerInvariant());

    public override string ToString() => Hex ?? "";
}

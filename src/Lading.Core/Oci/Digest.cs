using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lading.Oci;

/// <summary>The digest of a blob or manifest: an algorithm and lower-case hex (OCI image-spec 1.1, "Digests").</summary>
/// <remarks>The algorithms are those the specification registers: <c>sha256</c> and <c>sha512</c>.</remarks>
public readonly record struct Digest
{
    /// <summary>The digits of digests: lower-case.</summary>
    internal static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private Digest(DigestAlgorithm algorithm, string hex)
    {
        Algorithm = algorithm;
        Hex = hex;
    }

    /// <summary>The hash function.</summary>
    public DigestAlgorithm Algorithm { get; }

    /// <summary>The hash as lower-case hex: 64 digits for sha256, 128 for sha512.</summary>
    public string Hex { get; }

    /// <summary>The first 12 hex digits, which is what people see.</summary>
    public string Short => Hex[..12];

    /// <summary>Parses <c>algorithm:hex</c>.</summary>
    /// <exception cref="FormatException">The text is not a digest of a registered algorithm.</exception>
    public static Digest Parse(string text) =>
        TryParse(text, out var digest)
            ? digest
            : throw new FormatException(
                $"'{text}' is not a digest: expected sha256: and 64, or sha512: and 128 lower-case hex digits."
            );

    /// <summary>Parses <c>algorithm:hex</c>; false if the text is not a digest of a registered algorithm.</summary>
    public static bool TryParse(string? text, out Digest digest)
    {
        digest = default;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon < 0)
        {
            return false;
        }

        DigestAlgorithm algorithm;
        switch (text![..colon])
        {
            case "sha256":
                algorithm = DigestAlgorithm.Sha256;
                break;
            case "sha512":
                algorithm = DigestAlgorithm.Sha512;
                break;
            default:
                return false;
        }

        var hex = text[(colon + 1)..];
        if (hex.Length != algorithm.HexLength() || hex.AsSpan().ContainsAnyExcept(HexDigits))
        {
            return false;
        }

        digest = new Digest(algorithm, hex);
        return true;
    }

    /// <summary>The sha256 digest of some bytes.</summary>
    public static Digest OfBytes(ReadOnlySpan<byte> bytes) => OfHash(DigestAlgorithm.Sha256, SHA256.HashData(bytes));

    /// <summary>The digest of some bytes with the given algorithm.</summary>
    public static Digest OfBytes(ReadOnlySpan<byte> bytes, DigestAlgorithm algorithm) =>
        algorithm == DigestAlgorithm.Sha512 ? OfHash(algorithm, SHA512.HashData(bytes)) : OfBytes(bytes);

    /// <summary>A digest from a finished hash.</summary>
    internal static Digest OfHash(DigestAlgorithm algorithm, ReadOnlySpan<byte> hash) =>
        new(algorithm, Convert.ToHexString(hash).ToLowerInvariant());

    /// <summary>The digits of a hash are uniformly distributed, so a few of them are enough.</summary>
    public override int GetHashCode() =>
        Hex is null ? 0 : HashCode.Combine(FourOf(Hex), FourOf(Hex.AsSpan(Hex.Length - 4)));

    /// <summary><c>sha256:…</c>, as it is written in references, or an empty string for the default value.</summary>
    public override string ToString() => Hex is null ? "" : $"{Algorithm.Name()}:{Hex}";

    private static long FourOf(ReadOnlySpan<char> digits) => MemoryMarshal.Read<long>(MemoryMarshal.AsBytes(digits));
}

internal sealed class DigestJsonConverter : JsonConverter<Digest>
{
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Digest.TryParse(reader.GetString(), out var digest)
            ? digest
            : throw new JsonException("A descriptor's digest is malformed.");

    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

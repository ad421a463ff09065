using System.Globalization;
using System.Text;

namespace Lading.Git;

/// <summary>The pointer that Git LFS commits in place of a large file (git-lfs specification, "The Pointer").</summary>
/// <param name="Hash">The SHA-256 of the file, in lower-case hex digits.</param>
/// <param name="Size">Its length in bytes.</param>
internal sealed record LfsPointer(string Hash, long Size)
{
    /// <summary>Pointers are smaller than this.</summary>
    public const int MostBytes = 1024;

    private static readonly string[] Versions =
    [
        "version https://git-lfs.github.com/spec/v1",
        "version https://hawser.github.com/spec/v1",
    ];

    /// <summary>Parses a pointer; null if the bytes are not a pointer but the file itself.</summary>
    public static LfsPointer? Find(ReadOnlySpan<byte> blob)
    {
        if (blob.Length >= MostBytes)
        {
            return null;
        }

        const string Method = "oid sha256:";
        const string Length = "size ";
        var lines = Encoding.UTF8.GetString(blob).Split('\n');
        var hash = lines.FirstOrDefault(line => line.StartsWith(Method, StringComparison.Ordinal))?[Method.Length..];
        var size = lines.FirstOrDefault(line => line.StartsWith(Length, StringComparison.Ordinal))?[Length.Length..];
        return
            Versions.Contains(lines[0], StringComparer.Ordinal)
            && hash is { Length: 64 }
            && hash.All(char.IsAsciiHexDigitLower)
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? new LfsPointer(hash, bytes)
            : null;
    }
}

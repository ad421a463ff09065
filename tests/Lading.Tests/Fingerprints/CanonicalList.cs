using System.Security.Cryptography;
using System.Text;

namespace Lading.Tests.Fingerprints;

/// <summary>
/// A second, naive implementation of the encoding in docs/fingerprint.md: it collects the bytes, then hashes them.
/// </summary>
internal sealed class CanonicalList
{
    private readonly List<byte> bytes = [];

    public CanonicalList Number(int number)
    {
        bytes.AddRange([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
        return this;
    }

    public CanonicalList Text(params IReadOnlyList<string> texts)
    {
        foreach (var text in texts)
        {
            var encoded = Encoding.UTF8.GetBytes(text);
            Number(encoded.Length);
            bytes.AddRange(encoded);
        }

        return this;
    }

    public CanonicalList List(params IReadOnlyList<string> texts) => Number(texts.Count).Text(texts);

    public CanonicalList Optional(params IReadOnlyList<string>? texts) =>
        texts is null ? Number(0) : Number(1).List(texts);

    public CanonicalList Map(params IReadOnlyList<(string Key, string Value)> pairs)
    {
        Number(pairs.Count);
        foreach (var (key, value) in pairs)
        {
            Text(key, value);
        }

        return this;
    }

    /// <summary>
    /// Files in the form of <c>git ls-tree -r</c>, one per line: <c>mode type id TAB path</c>, in git's order.
    /// </summary>
    public CanonicalList Files(string listing, Func<string, bool> counts)
    {
        var files = listing
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (Words: line.Split('\t')[0].Split(' '), Path: line.Split('\t')[1]))
            .Where(file => counts(file.Path))
            .ToList();
        Number(files.Count);
        foreach (var (words, path) in files)
        {
            Text(words[0], words[2], path);
        }

        return this;
    }

    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
}

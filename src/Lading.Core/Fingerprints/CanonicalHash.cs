using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Hashes a list of texts, each with its length in front, so that no two lists have the same bytes (docs/fingerprint.md, "Encoding").</summary>
internal sealed class CanonicalHash : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] buffer = new byte[8192];
    private int used;

    /// <summary>A text: the number of its UTF-8 bytes as 32 bits, big end first, then the bytes.</summary>
    public void Text(string text)
    {
        var most = GitPath.IsUtf8(text) ? Encoding.UTF8.GetMaxByteCount(text.Length) : int.MaxValue;
        if (most > buffer.Length - 4)
        {
            Bytes(GitPath.Encode(text));
            return;
        }

        Reserve(4 + most);
        var length = Encoding.UTF8.GetBytes(text, buffer.AsSpan(used + 4));
        BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(used), (uint)length);
        used += 4 + length;
    }

    /// <summary>Bytes, as a text has them.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        Flush();
        hash.AppendData(bytes);
    }

    /// <summary>The number of elements that follow, as 32 bits, big end first.</summary>
    public void Number(int number)
    {
        Reserve(4);
        BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(used), (uint)number);
        used += 4;
    }

    /// <summary>An object id as a text of its hex digits.</summary>
    public void Id(ObjectId id)
    {
        Number(id.HexLength);
        Reserve(64);
        id.WriteHex(buffer.AsSpan(used));
        used += id.HexLength;
    }

    /// <summary>The hash; the object starts again from nothing.</summary>
    public Fingerprint Finish()
    {
        Flush();
        Span<byte> result = stackalloc byte[32];
        hash.GetHashAndReset(result);
        return Fingerprint.Of(result);
    }

    public void Dispose() => hash.Dispose();

    private void Reserve(int size)
    {
        if (used + size > buffer.Length)
        {
            Flush();
        }
    }

    private void Flush()
    {
        hash.AppendData(buffer.AsSpan(0, used));
        used = 0;
    }
}

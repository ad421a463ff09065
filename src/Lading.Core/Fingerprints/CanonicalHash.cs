using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>
/// Hashes a list of texts, each prefixed with its length, so that no two lists have the same bytes
/// (docs/fingerprint.md, "Encoding").
/// </summary>
internal sealed class CanonicalHash : IDisposable
{
    private const int InitialSize = 64 * 1024;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int used;
    private bool isInList;

    /// <summary>A string: the number of its UTF-8 bytes as 32 bits, big-endian, then the bytes.</summary>
    public void Text(string text)
    {
        if (!GitPath.IsUtf8(text))
        {
            Bytes(GitPath.Encode(text));
            return;
        }

        Reserve(4 + Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, buffer.AsSpan(used + 4));
        Number(length);
        used += length;
    }

    /// <summary>Bytes, encoded like a string.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Reserve(4 + bytes.Length);
        Number(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(used));
        used += bytes.Length;
    }

    /// <summary>The number of elements that follow, as 32 bits, big-endian.</summary>
    public void Number(int number)
    {
        Reserve(4);
        BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(used), (uint)number);
        used += 4;
    }

    /// <summary>An object id as a string of its hex digits.</summary>
    public void Id(ObjectId id)
    {
        Span<byte> raw = stackalloc byte[id.HexLength / 2];
        id.CopyTo(raw);
        Id(raw);
    }

    /// <summary>An object id, from its raw bytes, as a string of its hex digits.</summary>
    public void Id(ReadOnlySpan<byte> raw)
    {
        Reserve(4 + (raw.Length * 2));
        Number(raw.Length * 2);
        ObjectId.WriteHex(raw, buffer.AsSpan(used));
        used += raw.Length * 2;
    }

    /// <summary>Begins a list whose number of elements is known at its end. Lists cannot be nested.</summary>
    /// <returns>Its position, for <see cref="EndList"/>.</returns>
    public int BeginList()
    {
        Flush();
        isInList = true;
        Number(0);
        return used - 4;
    }

    /// <summary>Ends a list.</summary>
    public void EndList(int position, int count)
    {
        BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(position), (uint)count);
        isInList = false;
    }

    /// <summary>Returns the hash, and resets the object.</summary>
    public Fingerprint Finish()
    {
        Flush();
        Span<byte> result = stackalloc byte[32];
        hash.GetHashAndReset(result);
        return Fingerprint.Of(result);
    }

    public void Dispose()
    {
        hash.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private void Reserve(int size)
    {
        if (used + size <= buffer.Length)
        {
            return;
        }

        if (!isInList)
        {
            Flush();
        }

        if (used + size > buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, used + size));
            buffer.AsSpan(0, used).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
    }

    private void Flush()
    {
        hash.AppendData(buffer.AsSpan(0, used));
        used = 0;
    }
}

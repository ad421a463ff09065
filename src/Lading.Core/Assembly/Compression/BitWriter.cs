using System.Buffers.Binary;

namespace Lading.Assembly.Compression;

/// <summary>Writes bits, lowest first (RFC 1951, section 3.1.1), into a growing buffer that is flushed to a stream.</summary>
internal sealed class BitWriter
{
    private byte[] buffer = new byte[64 * 1024];
    private int length;
    private ulong bits;
    private int count;

    /// <summary>The complete bytes so far; <see cref="Clear"/> removes them.</summary>
    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, length);

    public void Clear() => length = 0;

    public void Write(uint value, int width)
    {
        bits |= (ulong)value << count;
        count += width;
        if (count >= 32)
        {
            Reserve(4);
            BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(length), (uint)bits);
            length += 4;
            bits >>= 32;
            count -= 32;
        }
    }

    /// <summary>Pads with zero bits to the next whole byte.</summary>
    public void Align()
    {
        while (count > 0)
        {
            Reserve(1);
            buffer[length++] = (byte)bits;
            bits >>= 8;
            count -= 8;
        }

        (bits, count) = (0, 0);
    }

    /// <summary>Writes whole bytes; only after <see cref="Align"/>.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    private void Reserve(int size)
    {
        if (length + size > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + size));
        }
    }
}

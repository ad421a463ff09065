using System.Buffers.Binary;
using System.Text;
using Lading.Oci;

namespace Lading.Retention.Evidence;

/// <summary>Writes values compactly; <see cref="CompactReader"/> reads them in the same order.</summary>
internal sealed class CompactWriter
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> words = [];
    private byte[] buffer = new byte[4096];

    /// <summary>The number of bytes written since the last <see cref="Take"/>.</summary>
    public int Length { get; private set; }

    /// <summary>Each word once, by number.</summary>
    public IReadOnlyList<string> Words => words;

    /// <summary>Returns what was written, and starts again.</summary>
    public byte[] Take()
    {
        var taken = buffer[..Length];
        Length = 0;
        return taken;
    }

    /// <summary>Writes a variable-length integer: one byte for each seven bits.</summary>
    public void Write(ulong number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            Add(1)[0] = (byte)(number | 0x80);
        }

        Add(1)[0] = (byte)number;
    }

    public void Write(long? number) => Write(number is { } known ? unchecked((ulong)known + 1) : 0);

    public void Write(DateTimeOffset time) => BinaryPrimitives.WriteInt64LittleEndian(Add(sizeof(long)), time.UtcTicks);

    public void Write(Digest digest)
    {
        var hash = Convert.FromHexString(digest.Hex);
        Write((ulong)digest.Algorithm);
        hash.CopyTo(Add(hash.Length));
    }

    /// <summary>Writes a string that probably occurs once.</summary>
    public void Write(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Write((ulong)length);
        Encoding.UTF8.GetBytes(text, Add(length));
    }

    /// <summary>Writes a string that occurs many times, or null.</summary>
    public void WriteWord(string? word)
    {
        if (word is null)
        {
            Write(0UL);
            return;
        }

        if (!numbers.TryGetValue(word, out var number))
        {
            words.Add(word);
            numbers[word] = number = words.Count;
        }

        Write((ulong)number);
    }

    private Span<byte> Add(int bytes)
    {
        if (Length + bytes > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, Length + bytes));
        }

        var added = buffer.AsSpan(Length, bytes);
        Length += bytes;
        return added;
    }
}

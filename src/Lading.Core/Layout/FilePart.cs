using Microsoft.Win32.SafeHandles;

namespace Lading.Layout;

/// <summary>A section of a file as a stream. The file stays open, and several sections may be read concurrently.</summary>
internal sealed class FilePart(SafeFileHandle file, long start, long length) : ReadOnlyStream
{
    private long position;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = buffer[..(int)Math.Min(buffer.Length, length - position)];
        var read = await RandomAccess
            .ReadAsync(file, wanted, start + position, cancellationToken)
            .ConfigureAwait(false);
        position += read;
        return read;
    }

    public override int Read(Span<byte> buffer)
    {
        var wanted = buffer[..(int)Math.Min(buffer.Length, length - position)];
        var read = RandomAccess.Read(file, wanted, start + position);
        position += read;
        return read;
    }
}

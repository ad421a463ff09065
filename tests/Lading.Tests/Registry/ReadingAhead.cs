using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Tests.Registry;

/// <summary>A large blob is read and verified ahead, while earlier bytes are being sent.</summary>
public sealed class ReadingAhead
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(128 * 1024)]
    [InlineData(5_000_001)]
    public async Task A_blob_is_sent_whole_and_in_order(int offset)
    {
        var bytes = Bytes();
        var told = new Progress();
        using var content = new BlobContent(Blob(bytes, new MemoryStream(bytes)), offset, told);
        using var sent = new MemoryStream();

        await content.CopyToAsync(sent, Cancelled);

        Assert.Equal(bytes[offset..], sent.ToArray());
        Assert.Equal(bytes.Length, told.Total);
    }

    [Fact]
    public async Task Wrong_bytes_are_reported_as_an_error_of_the_source()
    {
        var bytes = Bytes();
        var wrong = (byte[])bytes.Clone();
        wrong[^1] ^= 1;
        using var content = new BlobContent(Blob(bytes, new MemoryStream(wrong)), 0, null);

        await Assert.ThrowsAnyAsync<Exception>(() => content.CopyToAsync(new MemoryStream(), Cancelled));

        Assert.Throws<ContentMismatchException>(content.ThrowIfSourceFailed);
    }

    [Fact]
    public async Task A_broken_connection_waits_for_the_reading_before_it_releases_anything()
    {
        var bytes = Bytes();
        var source = new SlowStream(bytes);
        using var content = new BlobContent(Blob(bytes, source), 0, null);

        await Assert.ThrowsAnyAsync<Exception>(() => content.CopyToAsync(new BrokenStream(), Cancelled));

        content.ThrowIfSourceFailed();
        Assert.False(source.WasDisposedWhileRead);
        Assert.True(source.IsDisposed);
    }

    private static byte[] Bytes()
    {
        var bytes = new byte[9_000_017];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    private static ReadableBlob Blob(byte[] bytes, Stream stream) =>
        new(new Descriptor { Digest = Digest.OfBytes(bytes), Size = bytes.Length }, _ => Task.FromResult(stream));

    private sealed class Progress : IProgress<long>
    {
        public long Total { get; private set; }

        public void Report(long value) => Total += value;
    }

    private sealed class SlowStream(byte[] bytes) : MemoryStream(bytes)
    {
        private volatile bool isRead;

        public bool WasDisposedWhileRead { get; private set; }

        public bool IsDisposed { get; private set; }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            isRead = true;
            await Task.Delay(20, CancellationToken.None);
            var read = Read(buffer.Span);
            isRead = false;
            return read;
        }

        public override async ValueTask DisposeAsync()
        {
            WasDisposedWhileRead |= isRead;
            IsDisposed = true;
            await base.DisposeAsync();
        }
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        ) => throw new IOException("The connection is gone.");
    }
}

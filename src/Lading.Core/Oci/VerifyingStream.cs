using System.Security.Cryptography;

namespace Lading.Oci;

/// <summary>Verifies content as it is read: at its end, size and digest must match.</summary>
internal sealed class VerifyingStream : ReadOnlyStream
{
    private readonly Stream inner;
    private readonly Descriptor expected;
    private readonly string origin;
    private readonly IncrementalHash hash;
    private long position;
    private bool isVerified;

    /// <param name="inner">The content; disposed of with this stream.</param>
    /// <param name="expected">The expected digest and size.</param>
    /// <param name="origin">The name of its source, for the error.</param>
    public VerifyingStream(Stream inner, Descriptor expected, string origin)
    {
        this.inner = inner;
        this.expected = expected;
        this.origin = origin;
        hash = expected.Digest.Algorithm.NewHash();
    }

    /// <summary>Verifies content, unless the stream already does so.</summary>
    public static VerifyingStream Around(Stream inner, Descriptor expected, string origin) =>
        inner is VerifyingStream { position: 0 } verifying
        && verifying.expected.Digest == expected.Digest
        && verifying.expected.Size == expected.Size
            ? verifying
            : new VerifyingStream(inner, expected, origin);

    public override long Length => expected.Size;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    /// <exception cref="ContentMismatchException">The content ended and does not match, or does not end where it should.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Verify(buffer.Span[..read], isEnd: read == 0 && buffer.Length > 0);
        return read;
    }

    /// <exception cref="ContentMismatchException">The content ended and does not match, or does not end where it should.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Verify(buffer[..read], isEnd: read == 0 && buffer.Length > 0);
        return read;
    }

    public override async ValueTask DisposeAsync()
    {
        hash.Dispose();
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Verify(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        position += bytes.Length;
        if (position > expected.Size)
        {
            throw new ContentMismatchException(expected, origin, $"it is longer than {expected.Size} bytes");
        }

        hash.AppendData(bytes);
        if (!isEnd || isVerified)
        {
            return;
        }

        if (position != expected.Size)
        {
            throw new ContentMismatchException(expected, origin, $"it ends after {position} of {expected.Size} bytes");
        }

        Span<byte> result = stackalloc byte[64];
        var length = hash.GetHashAndReset(result);
        var actual = Digest.OfHash(expected.Digest.Algorithm, result[..length]);
        if (actual != expected.Digest)
        {
            throw new ContentMismatchException(expected, origin, $"its bytes have the digest {actual}");
        }

        isVerified = true;
    }
}

/// <summary>Bytes that do not match their digest.</summary>
internal sealed class ContentMismatchException(Descriptor expected, string origin, string difference)
    : IOException($"{origin} does not hold {expected.Digest}: {difference}.")
{
    public Descriptor Expected { get; } = expected;
}

using System.Buffers;
using System.Security.Cryptography;
using Lading.Layout;
using Lading.Oci;

namespace Lading.Server.Uploads;

/// <summary>A blob being uploaded: a growing file, hashed while it is written.</summary>
internal sealed class Upload(string id, RepositoryName repository, string path, TimeProvider time) : IDisposable
{
    private const int BufferSize = 128 * 1024;

    // Not disposed of: a waiting request still gets access at the end, and finds that the upload has ended.
    private readonly SemaphoreSlim turn = new(1);

    // Null if the file has other bytes than the ones received: it is then hashed at the end.
    private IncrementalHash? hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public string Id => id;

    public RepositoryName Repository => repository;

    /// <summary>When the last bytes arrived.</summary>
    public DateTimeOffset LastUsedAt { get; private set; } = time.GetUtcNow();

    /// <summary>The bytes that have arrived.</summary>
    public long Length { get; private set; }

    /// <summary>The length of each part, if it is uploaded in parts through the ECR API.</summary>
    public List<int> Parts { get; } = [];

    /// <summary>True while a request uses it.</summary>
    public bool IsInUse => turn.CurrentCount == 0;

    /// <summary>True once it was completed or cancelled.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Waits for exclusive access: requests for one upload are handled one after another.</summary>
    public async Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        LastUsedAt = time.GetUtcNow();
        return new Turn(turn);
    }

    /// <summary>Appends a stream. What arrived before an interruption stays.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="limit">The announced number of bytes; null if there is none.</param>
    /// <param name="cancellationToken">Cancels it; what arrived stays.</param>
    /// <returns>False if there were more bytes than announced; none of them stays.</returns>
    public async Task<bool> AppendAsync(Stream body, long? limit, CancellationToken cancellationToken)
    {
        var start = Length;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 0, useAsync: true);
        await using (file.ConfigureAwait(false))
        {
            // Bytes that were written when the last request was interrupted, but not counted, are overwritten.
            file.Position = start;
            try
            {
                int read;
                while ((read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    if (Length + read - start > limit)
                    {
                        Length = start;
                        hash?.Dispose();
                        hash = null;
                        return false;
                    }

                    await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None).ConfigureAwait(false);
                    hash?.AppendData(buffer, 0, read);
                    Length += read;
                    LastUsedAt = time.GetUtcNow();
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        return true;
    }

    /// <summary>Moves the blob to a repository if its digest is right; if another repository has it, that file gets a second name.</summary>
    /// <returns>Its actual digest; null if it was right.</returns>
    public async Task<Digest?> FinishAsync(
        Digest expected,
        LayoutStore store,
        ImageLayout target,
        CancellationToken cancellationToken
    )
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 0, useAsync: true);
        await using (file.ConfigureAwait(false))
        {
            file.SetLength(Length);
            var actual = await HashAsync(expected.Algorithm, file, cancellationToken).ConfigureAwait(false);
            if (actual != expected)
            {
                return actual;
            }

            var blob = new Descriptor { Digest = expected, Size = Length };
            if (SharedBlobs.TryShare(store, target, blob, origin: null, cancellationToken))
            {
                return null;
            }

            target.Blobs.Secure(file.SafeFileHandle);
        }

        target.Blobs.Take(expected, path);
        return null;
    }

    public void Dispose()
    {
        IsOver = true;
        hash?.Dispose();
        File.Delete(path);
    }

    private async Task<Digest> HashAsync(
        DigestAlgorithm algorithm,
        FileStream file,
        CancellationToken cancellationToken
    )
    {
        if (algorithm == DigestAlgorithm.Sha256 && hash is not null)
        {
            return Digest.OfHash(algorithm, hash.GetCurrentHash());
        }

        var bytes =
            algorithm == DigestAlgorithm.Sha512
                ? await SHA512.HashDataAsync(file, cancellationToken).ConfigureAwait(false)
                : await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false);
        return Digest.OfHash(algorithm, bytes);
    }

    private sealed class Turn(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}

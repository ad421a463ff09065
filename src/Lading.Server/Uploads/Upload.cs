using System.Buffers;
using System.Security.Cryptography;
using Lading.Layout;
using Lading.Oci;

namespace Lading.Server.Uploads;

/// <summary>A blob that is being sent: a file that grows, hashed on the way.</summary>
internal sealed class Upload(string id, RepositoryName repository, string path, TimeProvider time) : IDisposable
{
    private const int BufferSize = 128 * 1024;

    // Not disposed of: whoever waits for a turn at the end still gets it, and finds that it is over.
    private readonly SemaphoreSlim turn = new(1);

    // Null if the file holds other bytes than went through it: the file is then hashed at the end.
    private IncrementalHash? hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public string Id => id;

    public RepositoryName Repository => repository;

    /// <summary>When something last came.</summary>
    public DateTimeOffset LastUsedAt { get; private set; } = time.GetUtcNow();

    /// <summary>Bytes that have arrived.</summary>
    public long Length { get; private set; }

    /// <summary>The length of each part, where it is sent in parts by the ECR API.</summary>
    public List<int> Parts { get; } = [];

    /// <summary>True while a request of the client's is at it.</summary>
    public bool IsInUse => turn.CurrentCount == 0;

    /// <summary>True once it was taken over or given up.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Takes the turn: requests for one upload are carried out one after another.</summary>
    public async Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        LastUsedAt = time.GetUtcNow();
        return new Turn(turn);
    }

    /// <summary>Adds what a stream holds. What arrived before it broke off stays.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="limit">The number of bytes that was announced; null if none was.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False if there were more bytes than announced; none of them stays.</returns>
    public async Task<bool> AppendAsync(Stream body, long? limit, CancellationToken cancellationToken)
    {
        var start = Length;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 0, useAsync: true);
        await using (file.ConfigureAwait(false))
        {
            // Bytes that were written when the last request broke off, but not counted, are written over.
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

    /// <summary>Hands the blob over to a repository if it is what it should be; where another repository has it, that one's file gets a second name.</summary>
    /// <returns>What it is instead; null if it is right and was taken.</returns>
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

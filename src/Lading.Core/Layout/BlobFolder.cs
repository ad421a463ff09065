using System.Buffers;
using Lading.Context;
using Lading.Oci;

namespace Lading.Layout;

/// <summary>The <c>blobs</c> folder of a layout. A file named after a digest always contains all of its bytes.</summary>
/// <remarks>Incomplete blobs lie in a folder beside it; what a killed process left there is cleared away after a day.</remarks>
/// <param name="directory">The folder.</param>
/// <param name="followsLinks">False: a blob that is a symbolic link is not here, as in a registry's store.</param>
internal sealed class BlobFolder(string directory, bool followsLinks = true)
{
    /// <summary>The name of that folder.</summary>
    public const string IncomingFolder = ".incoming";

    private const int BufferSize = 128 * 1024;

    /// <summary>Where incomplete blobs lie.</summary>
    public string Incoming { get; } = Path.Combine(Path.GetDirectoryName(directory)!, IncomingFolder);

    public string PathOf(Digest digest) => Path.Combine(directory, digest.Algorithm.Name(), digest.Hex);

    /// <summary>The size in bytes; null if it is not here.</summary>
    public long? Find(Digest digest)
    {
        var file = new FileInfo(PathOf(digest));
        return IsHere(file) ? file.Length : null;
    }

    /// <summary>When it was written here; null if it is not here.</summary>
    public DateTimeOffset? FindTime(Digest digest)
    {
        var file = new FileInfo(PathOf(digest));
        return IsHere(file) ? new DateTimeOffset(file.LastWriteTimeUtc) : null;
    }

    /// <summary>Opens a blob without verifying it; null if it is not here.</summary>
    public FileStream? Open(Digest digest)
    {
        if (!followsLinks && StoreLinks.IsLink(PathOf(digest)))
        {
            return null;
        }

        try
        {
            return new FileStream(
                PathOf(digest),
                new FileStreamOptions
                {
                    Mode = FileMode.Open,
                    Access = FileAccess.Read,
                    Share = FileShare.ReadWrite | FileShare.Delete,
                    Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
                    BufferSize = 0,
                }
            );
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Stores a blob, verified on the way.</summary>
    /// <exception cref="ContentMismatchException">The bytes are not those of the digest.</exception>
    public async Task StoreAsync(ReadableBlob blob, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(blob, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (ContentMismatchException)
        {
            // Corrupt once may be the line; corrupt twice is what is there. The progress was told already.
            await WriteAsync(blob, null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stores what a stream holds; the stream itself verifies, so that nothing wrong gets the name.</summary>
    public async Task WriteAsync(
        Digest digest,
        Stream verified,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        OwnFolder.Ignore(Incoming);
        Directory.CreateDirectory(Incoming);
        var temporary = Path.Combine(Incoming, Guid.NewGuid().ToString("N"));
        try
        {
            var file = AtomicFile.Create(temporary);
            await using (file.ConfigureAwait(false))
            {
                ClearAbandoned(temporary);
                await CopyAsync(verified, file, progress, cancellationToken).ConfigureAwait(false);
                // Flushing to the disk has no asynchronous form.
#pragma warning disable CA1849
                file.Flush(flushToDisk: true);
#pragma warning restore CA1849
            }

            Take(digest, temporary);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Takes over a file of the same disk that holds the blob: verified, whole, and flushed.</summary>
    public void Take(Digest digest, string file)
    {
        var path = PathOf(digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(file, path, overwrite: true);
    }

    /// <summary>Brings to the disk which blobs are here; what they hold is there already.</summary>
    public void Flush()
    {
        if (Directory.Exists(directory))
        {
            foreach (var algorithm in Directory.EnumerateDirectories(directory))
            {
                FolderFlush.Try(algorithm);
            }

            FolderFlush.Try(directory);
        }
    }

    /// <summary>Removes a blob, if it is there.</summary>
    public void Remove(Digest digest)
    {
        try
        {
            File.Delete(PathOf(digest));
        }
        catch (DirectoryNotFoundException)
        {
            // Not even its folder is there.
        }
    }

    /// <summary>Takes a blob over from another folder without moving its bytes; false if the file system cannot.</summary>
    public bool TryLink(Digest digest, BlobFolder from)
    {
        var path = PathOf(digest);
        if (StoreLinks.IsLink(path))
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return HardLink.TryCreate(from.PathOf(digest), path);
    }

    private bool IsHere(FileInfo file) => file.Exists && (followsLinks || file.LinkTarget is null);

    private async Task WriteAsync(ReadableBlob blob, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var stream = await blob.Open(cancellationToken).ConfigureAwait(false);
        var verified = VerifyingStream.Around(stream, blob.Descriptor, "what was sent");
        await using (verified.ConfigureAwait(false))
        {
            await WriteAsync(blob.Descriptor.Digest, verified, progress, cancellationToken).ConfigureAwait(false);
        }
    }

    private void ClearAbandoned(string newest)
    {
        // The new file's time is the disk's own clock.
        var oldest = File.GetLastWriteTimeUtc(newest).AddDays(-1);
        foreach (var file in new DirectoryInfo(Incoming).EnumerateFiles())
        {
            if (file.LastWriteTimeUtc < oldest)
            {
                file.Delete();
            }
        }
    }

    private static async Task CopyAsync(
        Stream from,
        FileStream to,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                progress?.Report(read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

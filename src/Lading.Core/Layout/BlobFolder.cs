using System.Buffers;
using Lading.Oci;
using Microsoft.Win32.SafeHandles;

namespace Lading.Layout;

/// <summary>The <c>blobs</c> folder of a layout. A file named after a digest always has all of its bytes, on disk.</summary>
/// <remarks>
/// Blobs that are incomplete, or not on disk yet, are in a folder beside it; the left-overs of a killed process or a crashed system are
/// removed after a day.
/// </remarks>
internal sealed class BlobFolder
{
    private const int BufferSize = 128 * 1024;
    private readonly string directory;
    private readonly IDisk disk;
    private readonly bool followsLinks;
    private readonly IncomingBlobs incoming;

    /// <param name="directory">The folder.</param>
    /// <param name="disk">Its disk.</param>
    /// <param name="followsLinks">False: a symbolic link does not count as a blob, as in a registry's store.</param>
    public BlobFolder(string directory, IDisk disk, bool followsLinks)
    {
        this.directory = directory;
        this.disk = disk;
        this.followsLinks = followsLinks;
        incoming = new IncomingBlobs(Path.Combine(Path.GetDirectoryName(directory)!, IncomingBlobs.FolderName), disk);
    }

    public string PathOf(Digest digest) => Path.Combine(directory, digest.Algorithm.Name(), digest.Hex);

    /// <summary>The size of a blob in bytes; null if it does not exist.</summary>
    public long? Find(Digest digest) =>
        // The last call is for a blob that got its name between the first two.
        FindFlushed(digest) ?? (incoming.PathOf(digest) is { } path ? SizeOf(path) ?? FindFlushed(digest) : null);

    /// <summary>The size in bytes of a blob that a manifest may refer to, since it is on disk; null if it is not.</summary>
    public long? FindFlushed(Digest digest) => SizeOf(PathOf(digest));

    /// <summary>When a blob was written; null if it does not exist.</summary>
    public DateTimeOffset? FindTime(Digest digest)
    {
        var file = new FileInfo(PathOf(digest));
        return IsHere(file) ? new DateTimeOffset(file.LastWriteTimeUtc) : null;
    }

    /// <summary>Opens a blob without verifying it; null if it does not exist.</summary>
    public FileStream? Open(Digest digest) =>
        TryOpen(PathOf(digest))
        ?? (incoming.PathOf(digest) is { } path ? TryOpen(path) ?? TryOpen(PathOf(digest)) : null);

    /// <summary>Stores a blob, and verifies it meanwhile.</summary>
    /// <exception cref="ContentMismatchException">The bytes do not match the digest.</exception>
    public async Task StoreAsync(ReadableBlob blob, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(blob, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (ContentMismatchException)
        {
            // The first corrupt read may be the connection's fault; the second is the content's. The progress was reported already.
            await WriteAsync(blob, null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stores the content of a stream, which verifies itself, so that wrong bytes never get the name.</summary>
    public async Task WriteAsync(
        Digest digest,
        Stream verified,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        var file = incoming.Create();
        try
        {
            await using (file.ConfigureAwait(false))
            {
                await CopyAsync(verified, file, progress, cancellationToken).ConfigureAwait(false);
                Secure(file.SafeFileHandle);
            }

            Take(digest, file.Name);
        }
        finally
        {
            File.Delete(file.Name);
        }
    }

    /// <summary>Starts to write a complete blob to disk, before it is taken over.</summary>
    public void Secure(SafeFileHandle file)
    {
        if (disk.Session is null)
        {
            disk.Flush(file);
        }
        else
        {
            disk.BeginFlush(file);
        }
    }

    /// <summary>Takes over a file on the same disk with the blob: verified, complete, and flushed.</summary>
    public void Take(Digest digest, string file)
    {
        if (!incoming.TryTake(digest, file))
        {
            Name(digest, file);
        }
    }

    /// <summary>
    /// Flushes the blobs that a manifest is about to refer to, if they are here. Flushed together, most of their bytes are written
    /// already.
    /// </summary>
    public void Settle(IEnumerable<Digest> digests)
    {
        foreach (var digest in digests.Distinct())
        {
            incoming.Settle(digest, this);
        }
    }

    /// <summary>Gives a flushed file its name among the blobs.</summary>
    public void Name(Digest digest, string file)
    {
        var path = PathOf(digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(file, path, overwrite: true);
    }

    /// <summary>Flushes the names of the blobs; their contents are on disk already.</summary>
    public void Flush()
    {
        if (Directory.Exists(directory))
        {
            foreach (var algorithm in Directory.EnumerateDirectories(directory))
            {
                disk.FlushFolder(algorithm);
            }

            disk.FlushFolder(directory);
        }
    }

    /// <summary>Removes a blob, if it exists.</summary>
    public void Remove(Digest digest)
    {
        foreach (var path in new[] { incoming.PathOf(digest), PathOf(digest) }.OfType<string>())
        {
            try
            {
                File.Delete(path);
            }
            catch (DirectoryNotFoundException)
            {
                // Its folder does not exist either.
            }
        }
    }

    /// <summary>Takes a blob over from another folder without copying its bytes; false if the file system cannot.</summary>
    public bool TryLink(Digest digest, BlobFolder from)
    {
        var (source, target) = from.FindFlushed(digest) is not null
            ? (from.PathOf(digest), PathOf(digest))
            : (from.incoming.PathOf(digest), incoming.PathOf(digest));
        if (source is null || target is null || StoreLinks.IsLink(target))
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        return HardLink.TryCreate(source, target);
    }

    private FileStream? TryOpen(string path)
    {
        if (!followsLinks && StoreLinks.IsLink(path))
        {
            return null;
        }

        try
        {
            return new FileStream(
                path,
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

    private long? SizeOf(string path)
    {
        var file = new FileInfo(path);
        return IsHere(file) ? file.Length : null;
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

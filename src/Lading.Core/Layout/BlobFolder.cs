using System.Buffers;
using Lading.Oci;

namespace Lading.Layout;

/// <summary>The <c>blobs</c> folder of a layout. A file with a digest's name always holds that digest's bytes, whole.</summary>
internal sealed class BlobFolder(string directory)
{
    private const int BufferSize = 128 * 1024;

    public string PathOf(Digest digest) => Path.Combine(directory, digest.Algorithm.Name(), digest.Hex);

    /// <summary>The size in bytes; null where it is not here.</summary>
    public long? Find(Digest digest)
    {
        var file = new FileInfo(PathOf(digest));
        return file.Exists ? file.Length : null;
    }

    /// <summary>Opens a blob without verifying it; null where it is not here.</summary>
    public FileStream? Open(Digest digest)
    {
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

    /// <summary>Stores what a stream holds; the stream itself verifies, so that nothing wrong gets the name.</summary>
    public async Task WriteAsync(
        Digest digest,
        Stream verified,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        var path = PathOf(digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = AtomicFile.TemporaryBeside(path);
        try
        {
            var file = AtomicFile.Create(temporary);
            await using (file.ConfigureAwait(false))
            {
                await CopyAsync(verified, file, progress, cancellationToken).ConfigureAwait(false);
                // Flushing to the disk has no asynchronous form.
#pragma warning disable CA1849
                file.Flush(flushToDisk: true);
#pragma warning restore CA1849
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Takes a blob over from another folder without moving its bytes; false where the file system cannot.</summary>
    public bool TryLink(Digest digest, BlobFolder from)
    {
        var path = PathOf(digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return HardLink.TryCreate(from.PathOf(digest), path);
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

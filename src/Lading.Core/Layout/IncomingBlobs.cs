using Lading.Context;
using Lading.Oci;

namespace Lading.Layout;

/// <summary>
/// The folder beside the blobs of a layout for incomplete blobs, and for complete ones that may not be on disk yet. These get their
/// names in <c>blobs</c> after their bytes are flushed and before a manifest that refers to them is stored. After a system crash its
/// files do not count, since they may lack bytes: the names of complete files include the session of the system that wrote them.
/// </summary>
internal sealed class IncomingBlobs(string folder, IDisk disk)
{
    /// <summary>The folder's name.</summary>
    public const string FolderName = ".incoming";

    /// <summary>Creates a file for an incomplete blob.</summary>
    public FileStream Create()
    {
        Prepare();
        var file = AtomicFile.Create(NewFile());
        ClearAbandoned(file.Name);
        return file;
    }

    /// <summary>The file of a complete blob, existing or not; null if a system crash could not be detected, so blobs are flushed at once.</summary>
    public string? PathOf(Digest digest) =>
        disk.Session is { } session ? Path.Combine(folder, $"{digest.Algorithm.Name()}-{digest.Hex}.{session}") : null;

    /// <summary>True if a file of such a folder is a complete blob of the current session.</summary>
    public static bool IsWhole(string file, IDisk disk) =>
        disk.Session is { } session && file.EndsWith($".{session}", StringComparison.Ordinal);

    /// <summary>Takes over a file on the same disk with a complete blob.</summary>
    /// <returns>False if it must be flushed, and named, at once.</returns>
    public bool TryTake(Digest digest, string file)
    {
        if (PathOf(digest) is not { } path)
        {
            return false;
        }

        Prepare();
        File.Move(file, path, overwrite: true);
        return true;
    }

    /// <summary>Flushes a blob, and then gives it its name, if it is here.</summary>
    public void Settle(Digest digest, BlobFolder blobs)
    {
        if (PathOf(digest) is not { } path || !File.Exists(path) || StoreLinks.IsLink(path))
        {
            return;
        }

        // Another process may replace it at any moment: this file, and no other, is flushed and named.
        var own = $"{NewFile()}{Path.GetExtension(path)}";
        try
        {
            if (!HardLink.TryCreate(path, own))
            {
                File.Move(path, own);
            }

            using (var file = File.OpenHandle(own, share: FileShare.ReadWrite | FileShare.Delete))
            {
                disk.Flush(file);
            }

            blobs.Name(digest, own);
            File.Delete(path);
        }
        catch (FileNotFoundException)
        {
            // Another process has already moved it.
        }
        finally
        {
            File.Delete(own);
        }
    }

    private void Prepare()
    {
        OwnFolder.Ignore(folder);
        Directory.CreateDirectory(folder);
    }

    private string NewFile() => Path.Combine(folder, Guid.NewGuid().ToString("N"));

    /// <summary>Removes files older than a day that can no longer become a blob.</summary>
    private void ClearAbandoned(string newest)
    {
        // The new file's time comes from the disk's own clock.
        var oldest = File.GetLastWriteTimeUtc(newest).AddDays(-1);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
        {
            if (file.LastWriteTimeUtc < oldest && !IsWhole(file.Name, disk))
            {
                file.Delete();
            }
        }
    }
}

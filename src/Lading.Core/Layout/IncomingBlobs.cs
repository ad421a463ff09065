using Lading.Context;
using Lading.Oci;

namespace Lading.Layout;

/// <summary>
/// The folder beside the blobs of a layout, for those that are incomplete, and for those that are whole but may not be on the
/// disk yet. These get their names in <c>blobs</c> before a manifest that names them is put, and after their bytes are on the
/// disk. What a crash of the system has left here counts for nothing, since it may lack bytes: files that are whole carry the
/// session of the system that wrote them.
/// </summary>
internal sealed class IncomingBlobs(string folder, IDisk disk)
{
    /// <summary>Its name.</summary>
    public const string FolderName = ".incoming";

    /// <summary>Creates a file for a blob that is incomplete.</summary>
    public FileStream Create()
    {
        Prepare();
        var file = AtomicFile.Create(NewFile());
        ClearAbandoned(file.Name);
        return file;
    }

    /// <summary>The file of a blob that is whole, there or not; null if the system's crash could not be told, so that blobs are flushed at once.</summary>
    public string? PathOf(Digest digest) =>
        disk.Session is { } session ? Path.Combine(folder, $"{digest.Algorithm.Name()}-{digest.Hex}.{session}") : null;

    /// <summary>True if a file of such a folder is a whole blob of the system's session.</summary>
    public static bool IsWhole(string file, IDisk disk) =>
        disk.Session is { } session && file.EndsWith($".{session}", StringComparison.Ordinal);

    /// <summary>Takes over a file of the same disk that holds a blob whole.</summary>
    /// <returns>False where it is to be flushed, and named, at once.</returns>
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

    /// <summary>Brings a blob to the disk, and then gives it its name, if it is here.</summary>
    public void Settle(Digest digest, BlobFolder blobs)
    {
        if (PathOf(digest) is not { } path || !File.Exists(path) || StoreLinks.IsLink(path))
        {
            return;
        }

        // Another process may put another file in its place at any moment: this one, and no other, is flushed and named.
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
            // Another process was faster.
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

    /// <summary>Clears away what is older than a day and can become no blob any more.</summary>
    private void ClearAbandoned(string newest)
    {
        // The new file's time is the disk's own clock.
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

using System.Formats.Tar;

namespace Lading.Layout;

/// <summary>Writes tar files of image layouts, complete or not at all.</summary>
internal static class LayoutArchive
{
    /// <summary>Writes everything in a layout's folder, with the same bytes for the same layout.</summary>
    /// <param name="folder">The folder of the layout.</param>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="cancellationToken">Cancels it; the old file stays.</param>
    public static Task WriteAsync(string folder, string path, CancellationToken cancellationToken)
    {
        var blobs = Directory
            .EnumerateFiles(Path.Combine(folder, "blobs"), "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .ToList();
        string[] files = [Path.Combine(folder, "oci-layout"), Path.Combine(folder, "index.json"), .. blobs];
        return WriteAsync(path, files.Select(file => (SlashPath.From(folder, file), file)), cancellationToken);
    }

    /// <summary>Writes files under given names.</summary>
    public static async Task WriteAsync(
        string path,
        IEnumerable<(string Name, string File)> files,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var target = new AtomicFile(path);
        var archive = new TarWriter(target.Content, TarEntryFormat.Gnu, leaveOpen: true);
        await using (archive.ConfigureAwait(false))
        {
            foreach (var (name, file) in files)
            {
                await AddAsync(archive, name, file, cancellationToken).ConfigureAwait(false);
            }
        }

        RandomAccess.FlushToDisk(target.Content.SafeFileHandle);
        target.Commit();
    }

    private static async Task AddAsync(TarWriter archive, string name, string file, CancellationToken cancellationToken)
    {
        var content = File.OpenRead(file);
        await using (content.ConfigureAwait(false))
        {
            // GNU's format allows files of any size.
            var entry = new GnuTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = content,
                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                ModificationTime = DateTimeOffset.UnixEpoch,
            };
            await archive.WriteEntryAsync(entry, cancellationToken).ConfigureAwait(false);
        }
    }
}

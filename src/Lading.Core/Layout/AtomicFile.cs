namespace Lading.Layout;

/// <summary>Writes files so that a crash leaves the old one or the new one: a temporary file beside, flushed to disk, renamed.</summary>
internal static class AtomicFile
{
    /// <summary>The names of all temporary files.</summary>
    public const string Temporaries = "*.tmp";

    public static Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        WriteAsync(SystemDisk.Instance, path, bytes, cancellationToken);

    public static async Task WriteAsync(
        IDisk disk,
        string path,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken
    )
    {
        var temporary = TemporaryBeside(path);
        try
        {
            var stream = Create(temporary);
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
                disk.Flush(stream.SafeFileHandle);
            }

            File.Move(temporary, path, overwrite: true);
            disk.FlushFolder(Path.GetDirectoryName(path)!);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Removes the temporary files of processes that were killed, while nobody else writes in the folder.</summary>
    public static void ClearTemporaries(string folder)
    {
        foreach (var abandoned in Directory.EnumerateFiles(folder, Temporaries))
        {
            File.Delete(abandoned);
        }
    }

    /// <summary>A name for a temporary file in the same folder, no other process's.</summary>
    public static string TemporaryBeside(string path) => $"{path}.{Guid.NewGuid():N}.tmp";

    public static FileStream Create(string path) =>
        new(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.Asynchronous,
                BufferSize = 0,
            }
        );
}

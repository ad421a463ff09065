namespace Lading.Layout;

/// <summary>Writes files atomically: to a temporary file beside them, flushed to disk, renamed. A crash leaves the old one or the new one.</summary>
internal static class AtomicFile
{
    /// <summary>The pattern of all temporary files.</summary>
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

    /// <summary>Removes the temporary files of killed processes, while nobody else writes in the folder.</summary>
    public static void ClearTemporaries(string folder)
    {
        foreach (var abandoned in Directory.EnumerateFiles(folder, Temporaries))
        {
            File.Delete(abandoned);
        }
    }

    /// <summary>A name for a temporary file in the same folder, unique to this process.</summary>
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

namespace Lading.Layout;

/// <summary>Replaces files atomically, even if the system crashes: content and name are flushed to disk.</summary>
internal static class DurableFile
{
    public static async Task WriteAsync(
        IDisk disk,
        string path,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken
    )
    {
        using var file = new AtomicFile(path);
        await file.Content.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        disk.Flush(file.Content.SafeFileHandle);
        file.Commit();
        disk.FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Removes the temporary files of killed processes, while nobody else writes in the folder.</summary>
    public static void ClearTemporaries(string folder)
    {
        foreach (var abandoned in Directory.EnumerateFiles(folder, AtomicFile.Temporaries))
        {
            File.Delete(abandoned);
        }
    }
}

namespace Lading.Configuration;

/// <summary>Replaces a user's file atomically, flushed to disk: a link stays a link, and the file keeps its mode.</summary>
internal static class UserFile
{
    /// <exception cref="LadingException">The file could not be written; the previous one is still there.</exception>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        path = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
        try
        {
            using var file = new AtomicFile(path);
            await file.Content.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            RandomAccess.FlushToDisk(file.Content.SafeFileHandle);
            if (!OperatingSystem.IsWindows() && File.Exists(path))
            {
                File.SetUnixFileMode(file.Content.SafeFileHandle, File.GetUnixFileMode(path));
            }

            file.Commit();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LadingException(
                $"Could not write {path}",
                // .NET's message has the name of the temporary file.
                exception switch
                {
                    DirectoryNotFoundException => $"there is no folder {Path.GetDirectoryName(Path.GetFullPath(path))}",
                    UnauthorizedAccessException =>
                        $"you may not write to the folder {Path.GetDirectoryName(Path.GetFullPath(path))}",
                    _ => exception.Message,
                },
                "Make sure that the folder is writable and the disk is not full.",
                innerException: exception
            );
        }
    }
}

namespace Lading.Configuration;

/// <summary>Replaces a user's file atomically: writes a temporary file beside it, flushes it, and renames it.</summary>
internal static class WholeFile
{
    /// <exception cref="LadingException">The file could not be written; the previous one is still there.</exception>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        // A link stays a link.
        path = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
                await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
                RandomAccess.FlushToDisk(stream.SafeFileHandle);
            }

            if (!OperatingSystem.IsWindows() && File.Exists(path))
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LadingException(
                $"Could not write {path}",
                // The message of .NET has the name of the temporary file.
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
        finally
        {
            // Deleting throws if the folder is missing, which would hide the original error.
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }
}

using Lading.Context;

namespace Lading.Locks;

/// <summary>A lock on disk. It is read strictly, and written by rename: a reader sees the old one or the new one.</summary>
internal static class LockFile
{
    /// <summary>Longer than a write takes: an older temporary file was left by a killed process.</summary>
    private static readonly TimeSpan MaxWriteTime = TimeSpan.FromDays(1);

    /// <summary>Reads a required lock.</summary>
    /// <exception cref="LadingException">It does not exist, or is not a lock of a known version.</exception>
    public static ImageLock Read(string path) =>
        Find(path)
        ?? throw new LadingException(
            $"Could not read the lock {path}",
            "the file does not exist",
            LockReader.RemedyForMissing(path)
        );

    /// <summary>Reads a lock; null if it does not exist.</summary>
    /// <exception cref="LadingException">It cannot be read, or is not a lock of a known version.</exception>
    public static ImageLock? Find(string path)
    {
        byte[] bytes;
        try
        {
            // Delete is shared so that, on Windows too, a publish can replace this lock meanwhile.
            using var stream = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            bytes = memory.ToArray();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LadingException(
                $"Could not read the lock {path}",
                exception.Message,
                "Make sure that the file is readable.",
                innerException: exception
            );
        }

        return LockReader.Parse(bytes, path);
    }

    /// <summary>Reads a lock to rewrite it completely: null also if the existing one cannot be read.</summary>
    public static ImageLock? FindReadable(string path)
    {
        try
        {
            return Find(path);
        }
        catch (LadingException)
        {
            return null;
        }
    }

    /// <summary>Replaces a lock atomically, flushed to disk.</summary>
    /// <returns>False if the file already had the same content, and is unchanged.</returns>
    /// <exception cref="LadingException">The file could not be written; the previous one is still there.</exception>
    public static bool Write(string path, ImageLock content)
    {
        var bytes = LockWriter.Format(content);
        try
        {
            if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            {
                return false;
            }

            OwnFolder.Ignore(path);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using var file = new AtomicFile(path);
            file.Content.Write(bytes);
            file.Content.Flush(flushToDisk: true);
            file.Commit();
            // By the disk's clock: a file that was just written has the current time.
            DeleteAbandoned(path, File.GetLastWriteTimeUtc(path) - MaxWriteTime);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LadingException(
                $"Could not write the lock {path}",
                exception.Message,
                "Make sure that the folder is writable and the disk is not full, then run the command again: nothing is pushed twice.",
                innerException: exception
            );
        }
    }

    private static void DeleteAbandoned(string path, DateTime before)
    {
        var full = Path.GetFullPath(path);
        var beside = Directory.EnumerateFiles(
            Path.GetDirectoryName(full)!,
            $"{Path.GetFileName(full)}.{AtomicFile.Temporaries}"
        );
        foreach (var abandoned in beside.Where(file => File.GetLastWriteTimeUtc(file) < before))
        {
            try
            {
                File.Delete(abandoned);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Nothing depends on it.
            }
        }
    }
}

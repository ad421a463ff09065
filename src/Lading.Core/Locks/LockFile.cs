using Lading.Context;

namespace Lading.Locks;

/// <summary>A lock on disk. It is read strictly, and written by rename: whoever reads sees the old one or the new one.</summary>
internal static class LockFile
{
    /// <summary>No writer takes so long: what is older was left by a process that was killed.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromDays(1);

    /// <summary>Reads a lock that must be there.</summary>
    /// <exception cref="LadingException">There is none, or it is not a lock of a version that is known.</exception>
    public static ImageLock Read(string path) =>
        Find(path)
        ?? throw new LadingException(
            $"Could not read the lock {path}",
            "the file does not exist",
            LockReader.Remedy(path)
        );

    /// <summary>Reads a lock; null if there is none.</summary>
    /// <exception cref="LadingException">It cannot be read, or it is not a lock of a version that is known.</exception>
    public static ImageLock? Find(string path)
    {
        byte[] bytes;
        try
        {
            // Delete is shared so that, on Windows too, a publish can put the next lock in this one's place meanwhile.
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

    /// <summary>Reads a lock for whoever writes it again, whole: null also where what is there cannot be read.</summary>
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

    /// <summary>Puts a lock in place, all or nothing: a temporary file beside it, flushed to the disk, then renamed.</summary>
    /// <returns>False if the file already said the same; it is then left alone.</returns>
    /// <exception cref="LadingException">The file could not be written; what was there is still there.</exception>
    public static bool Write(string path, ImageLock content)
    {
        var bytes = LockWriter.Format(content);
        // Named again each time: of two publishers in one clone each renames a file that is its own and whole.
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            {
                return false;
            }

            OwnFolder.Ignore(path);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            // Told by the clock of the disk: what was just written is as old as now.
            var now = File.GetLastWriteTimeUtc(temporary);
            File.Move(temporary, path, overwrite: true);
            DeleteAbandoned(path, now - LongestWrite);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            DeleteQuietly(temporary);
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
        var beside = Directory.EnumerateFiles(Path.GetDirectoryName(full)!, $"{Path.GetFileName(full)}.*.tmp");
        foreach (var abandoned in beside.Where(file => File.GetLastWriteTimeUtc(file) < before))
        {
            DeleteQuietly(abandoned);
        }
    }

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nothing depends on it; where a failure led here, that is the one to report.
        }
    }
}

namespace Lading;

/// <summary>
/// Replaces a file atomically: it is written under a temporary name beside its own, and renamed once complete. A reader sees the old
/// file or the new one. Where that must be true after a crash of the system too, the writer flushes it to disk first.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    /// <summary>The pattern of all temporary names.</summary>
    public const string Temporaries = "*.tmp";

    private readonly string path;

    /// <summary>Creates the temporary file. Its name is unique: of two writers, each renames a complete file of its own.</summary>
    /// <param name="path">The file to replace; its folder exists.</param>
    /// <param name="create">Creates a file that does not exist yet; null for <see cref="Create"/>.</param>
    /// <exception cref="IOException">It could not be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not writable.</exception>
    public AtomicFile(string path, Func<string, FileStream>? create = null)
    {
        this.path = path;
        Content = (create ?? Create)($"{path}.{Guid.NewGuid():N}.tmp");
    }

    /// <summary>The new content.</summary>
    public FileStream Content { get; }

    /// <summary>Creates a file that does not exist yet, for large writes: without a buffer.</summary>
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

    /// <summary>Gives the new content its name.</summary>
    public void Commit()
    {
        Content.Dispose();
        File.Move(Content.Name, path, overwrite: true);
    }

    /// <summary>Deletes the temporary file, unless it was committed.</summary>
    public void Dispose()
    {
        Content.Dispose();
        try
        {
            File.Delete(Content.Name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The error that kept it from being committed is the one to report.
        }
    }
}

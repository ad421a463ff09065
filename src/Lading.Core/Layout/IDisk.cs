using Microsoft.Win32.SafeHandles;

namespace Lading.Layout;

/// <summary>What a layout needs from the disk beyond reading and writing: that its files survive a system crash.</summary>
internal interface IDisk
{
    /// <summary>
    /// Identifies the current boot of the system. While it is the same, each file reads as it was written, flushed or
    /// not. Null if unknown.
    /// </summary>
    string? Session { get; }

    /// <summary>Starts to write a file to disk, without waiting for it.</summary>
    void BeginFlush(SafeFileHandle file);

    /// <summary>Flushes a file's content to disk.</summary>
    void Flush(SafeFileHandle file);

    /// <summary>Flushes a folder's entries to disk: only then is a renamed file safe from a power failure (POSIX, "fsync").</summary>
    void FlushFolder(string folder);
}

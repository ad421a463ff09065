using Microsoft.Win32.SafeHandles;

namespace Lading.Layout;

/// <summary>What a layout asks of the disk beyond reading and writing: that what it wrote outlives a crash of the system.</summary>
internal interface IDisk
{
    /// <summary>
    /// Names the run of the system since it started. As long as it is the same, each file reads as it was written, on the disk
    /// or not. Null if that cannot be told.
    /// </summary>
    string? Session { get; }

    /// <summary>Has the system begin to write a file to the disk, without waiting for it.</summary>
    void BeginFlush(SafeFileHandle file);

    /// <summary>Brings what a file holds to the disk.</summary>
    void Flush(SafeFileHandle file);

    /// <summary>Brings to the disk which files a folder has: a renamed file is safe from a power failure only then (POSIX, "fsync").</summary>
    void FlushFolder(string folder);
}

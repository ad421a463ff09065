using Lading.Processes;

namespace Lading.Diagnosis.Leftovers;

/// <summary>A temporary file or folder of a run, which may have been left behind.</summary>
/// <param name="Path">Its path.</param>
/// <param name="MadeAt">When it was created (UTC).</param>
/// <param name="ChangedAt">When it was last written (UTC).</param>
/// <param name="Patience">
/// How long it may stay unchanged if its name has no owner; null to keep it unless its owner has certainly ended.
/// </param>
internal sealed record Leftover(string Path, DateTime MadeAt, DateTime ChangedAt, TimeSpan? Patience)
{
    /// <summary>The owner process; null if its name does not have one.</summary>
    public ProcessMark? Owner => ProcessMark.Find(System.IO.Path.GetFileName(Path));

    /// <summary>Its size, including contents; 0 if it is gone.</summary>
    public long Size
    {
        get
        {
            try
            {
                return File.Exists(Path)
                    ? new FileInfo(Path).Length
                    : new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return 0;
            }
        }
    }

    /// <summary>The current state of a path.</summary>
    public static Leftover At(FileSystemInfo entry, TimeSpan? patience) =>
        new(
            entry.FullName,
            entry.CreationTimeUtc < entry.LastWriteTimeUtc ? entry.CreationTimeUtc : entry.LastWriteTimeUtc,
            entry.LastWriteTimeUtc,
            patience
        );
}

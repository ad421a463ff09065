using Lading.Processes;

namespace Lading.Diagnosis.Leftovers;

/// <summary>A file or folder that a run needed for a while, and may have left.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="MadeAt">When it was made (UTC).</param>
/// <param name="ChangedAt">When it was last written to (UTC).</param>
/// <param name="Patience">How long it may lie without a change, where its name does not tell whose it is; null for as long as it likes.</param>
internal sealed record Leftover(string Path, DateTime MadeAt, DateTime ChangedAt, TimeSpan? Patience)
{
    /// <summary>The process that it belongs to; null if its name does not tell.</summary>
    public ProcessMark? Owner => ProcessMark.Find(System.IO.Path.GetFileName(Path));

    /// <summary>How large it is, with what is in it; 0 if it is gone.</summary>
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

    /// <summary>What is at a path now.</summary>
    public static Leftover At(FileSystemInfo entry, TimeSpan? patience) =>
        new(
            entry.FullName,
            entry.CreationTimeUtc < entry.LastWriteTimeUtc ? entry.CreationTimeUtc : entry.LastWriteTimeUtc,
            entry.LastWriteTimeUtc,
            patience
        );
}

namespace Lading.Layout;

/// <summary>
/// A lock on a folder, held by one process at a time: an open file that no other process can open. The system releases it when the
/// process ends, for any reason.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const int MaxAttempts = 6000;
    private const int WindowsSharingViolation = 32;
    private const int WindowsLockViolation = 33;
    private const int LinuxWouldBlock = 11;
    private const int BsdWouldBlock = 35;
    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    /// <summary>Waits for the lock, which is held only for moments.</summary>
    /// <exception cref="LadingException">Another process held it for a minute, or the folder is not writable.</exception>
    public static async Task<FolderLock> TakeAsync(string path, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FolderLock(
                    new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1)
                );
            }
            catch (IOException e) when (IsHeldByAnother(e) && attempt < MaxAttempts)
            {
                await Task.Delay(10, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException e) when (IsHeldByAnother(e))
            {
                throw new LadingException(
                    $"Could not write in {Path.GetDirectoryName(path)}",
                    "another process has held its lock for a minute",
                    "Find that process and end it.",
                    innerException: e
                );
            }
            catch (Exception e)
                when (e is IOException or UnauthorizedAccessException
                    && e is not (DirectoryNotFoundException or FileNotFoundException)
                )
            {
                throw new LadingException(
                    $"Could not write in {Path.GetDirectoryName(path)}",
                    e.Message.TrimEnd('.'),
                    $"Lading writes there: make it writable, or free space and inodes on its disk. '{DoctorCheck.Command(DoctorCheck.Disk)}' says how much is left.",
                    innerException: e
                );
            }
        }
    }

    /// <summary>Takes the lock if it is free.</summary>
    /// <returns>Null if it is taken, or the file no longer exists.</returns>
    public static FolderLock? TryTake(string path)
    {
        try
        {
            return new FolderLock(
                new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1)
            );
        }
        catch (Exception e)
            when (e is FileNotFoundException or DirectoryNotFoundException
                || (e is IOException failure && IsHeldByAnother(failure))
            )
        {
            return null;
        }
    }

    public void Dispose() => file.Dispose();

    internal static bool IsHeldByAnother(IOException failure) =>
        IsHeldByAnother(failure.HResult, OperatingSystem.IsWindows());

    /// <summary>
    /// Recognizes a lock of another process among other failures (a read-only disk, no space, no inodes) by the
    /// system's error number: the exception has no specific type.
    /// </summary>
    /// <param name="number">The exception's <c>HResult</c>.</param>
    /// <param name="isWindows">Whether the number comes from Windows.</param>
    internal static bool IsHeldByAnother(int number, bool isWindows) =>
        isWindows
            ? (number & 0xFFFF) is WindowsSharingViolation or WindowsLockViolation
            : number == (OperatingSystem.IsLinux() ? LinuxWouldBlock : BsdWouldBlock);
}

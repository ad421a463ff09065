namespace Lading.Layout;

/// <summary>The right to write in a folder, held by one process at a time: an open file that no other may open. The system lets it go when the process ends, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    /// <summary>Waits for the right; whoever has it keeps it for moments only.</summary>
    /// <exception cref="LadingException">It was not to be had for a minute.</exception>
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
            catch (IOException e) when (IsHeld(e) && attempt < 6000)
            {
                await Task.Delay(10, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException e) when (IsHeld(e))
            {
                throw new LadingException(
                    $"Could not write in {Path.GetDirectoryName(path)}",
                    "another process has held its lock for a minute",
                    "See which process that is, and end it.",
                    innerException: e
                );
            }
        }
    }

    public void Dispose() => file.Dispose();

    /// <summary>Told from a missing folder or a full disk by what is left: the sharing violation has no type of its own.</summary>
    private static bool IsHeld(IOException failure) =>
        failure is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException);
}

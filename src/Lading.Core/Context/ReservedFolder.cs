namespace Lading.Context;

/// <summary>
/// The folder of an image's context: a persistent one, so that the next build writes only what changed, or a temporary one while
/// another process uses it. It may be deleted whenever no build is running.
/// </summary>
internal sealed class ReservedFolder : IDisposable
{
    private readonly FileStream? lockFile;

    private ReservedFolder(string folder, FileStream? lockFile)
    {
        Folder = folder;
        this.lockFile = lockFile;
    }

    public string Folder { get; }

    /// <param name="persistent">The parent of the persistent folders.</param>
    /// <param name="image">The image's name.</param>
    /// <param name="temporary">The temporary folder.</param>
    public static ReservedFolder Take(string persistent, string image, string temporary)
    {
        try
        {
            OwnFolder.Ignore(persistent);
            Directory.CreateDirectory(persistent);
            var lockFile = new FileStream(
                Path.Combine(persistent, image + ".lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
            return new ReservedFolder(Path.Combine(persistent, image), lockFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ReservedFolder(temporary, null);
        }
    }

    public void Dispose() => lockFile?.Dispose();
}

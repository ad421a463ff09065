namespace Lading.Context;

/// <summary>
/// The folder of an image's context: a persistent one, so that the next build writes only what changed, or a temporary one while
/// another process uses it. It may be deleted whenever no build is running.
/// </summary>
internal sealed class ReservedFolder : IDisposable
{
    private readonly FileStream? held;

    private ReservedFolder(string folder, FileStream? held)
    {
        Folder = folder;
        this.held = held;
    }

    public string Folder { get; }

    /// <param name="kept">Has the persistent folders.</param>
    /// <param name="image">The image's name.</param>
    /// <param name="otherwise">A temporary folder.</param>
    public static ReservedFolder Take(string kept, string image, string otherwise)
    {
        try
        {
            OwnFolder.Ignore(kept);
            Directory.CreateDirectory(kept);
            var held = new FileStream(
                Path.Combine(kept, image + ".lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
            return new ReservedFolder(Path.Combine(kept, image), held);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ReservedFolder(otherwise, null);
        }
    }

    public void Dispose() => held?.Dispose();
}

namespace Lading.Context;

/// <summary>
/// Where the contexts of an image are written: a folder that stays, so that the next build writes only what changed; while another process has it,
/// a folder that does not. It may be deleted whenever nothing is built.
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

    /// <param name="kept">Holds the folders that stay.</param>
    /// <param name="image">The image's name.</param>
    /// <param name="otherwise">A folder that does not stay.</param>
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

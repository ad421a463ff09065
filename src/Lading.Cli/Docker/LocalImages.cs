using System.Security.Cryptography;
using System.Text;
using Lading.Layout;
using Lading.Oci;

namespace Lading.Cli.Docker;

/// <summary>
/// Images that were built and not pushed yet, kept between calls: a layout for each, and files with their names. The
/// next build removes those older than a day.
/// </summary>
/// <param name="root">The folder.</param>
/// <param name="time">The clock.</param>
internal sealed class LocalImages(string root, TimeProvider time)
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(1);

    /// <summary>The folder.</summary>
    public string Root => root;

    private string Names => Path.Combine(root, "names");

    /// <summary>A folder for a new image, unique to this call.</summary>
    public string NewFolder()
    {
        Sweep();
        var path = Path.Combine(root, "images", Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>The layout in a folder of <see cref="NewFolder"/>.</summary>
    public static ImageLayout LayoutIn(string folder) => new(Path.Combine(folder, "layout"));

    /// <summary>Names an image; an image that had the name loses it.</summary>
    public async Task NameAsync(string name, LocalImage image, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Names);
        var text = $"{name}\n{image.Folder}\n{image.Digest}\n";
        await DurableFile
            .WriteAsync(SystemDisk.Instance, FileOf(name), Encoding.UTF8.GetBytes(text), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The image with a name; null if there is none.</summary>
    public LocalImage? Find(string name) => Read(FileOf(name))?.Image;

    /// <summary>All names, in order.</summary>
    public IReadOnlyList<string> List() =>
        Directory.Exists(Names)
            ?
            [
                .. Directory
                    .EnumerateFiles(Names)
                    .Select(file => Read(file)?.Name)
                    .OfType<string>()
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    private string FileOf(string name) =>
        Path.Combine(Names, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(WithTag(name)))));

    /// <summary>A name with its tag, which is latest by default.</summary>
    private static string WithTag(string name) =>
        name.LastIndexOf(':') > name.LastIndexOf('/') ? name : name + ":latest";

    private static (string Name, LocalImage Image)? Read(string file)
    {
        try
        {
            return
                File.ReadAllLines(file) is [var name, var folder, var digest]
                && Digest.TryParse(digest, out var parsed)
                && Directory.Exists(folder)
                ? (name, new LocalImage(folder, parsed))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Sweep()
    {
        var images = new DirectoryInfo(Path.Combine(root, "images"));
        var before = time.GetUtcNow().UtcDateTime - Age;
        try
        {
            foreach (
                var old in images.Exists
                    ? images.GetDirectories().Where(folder => folder.LastWriteTimeUtc < before)
                    : []
            )
            {
                old.Delete(recursive: true);
            }

            foreach (
                var file in Directory.Exists(Names)
                    ? Directory.EnumerateFiles(Names).Where(one => Read(one) is null)
                    : []
            )
            {
                File.Delete(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another build is cleaning up; what remains is removed later.
        }
    }
}

/// <summary>An image on this machine.</summary>
/// <param name="Folder">Its folder, absolute.</param>
/// <param name="Digest">The digest of its manifest or index.</param>
internal sealed record LocalImage(string Folder, Digest Digest)
{
    public ImageLayout Layout => LocalImages.LayoutIn(Folder);
}

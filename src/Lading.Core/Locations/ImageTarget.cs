using Lading.Layout;
using Lading.Oci;

namespace Lading.Locations;

/// <summary>The target of a copy. An archive is assembled in a folder first, and written once it is complete.</summary>
internal sealed class ImageTarget : IDisposable
{
    private readonly ImageLocation? archive;
    private readonly string path = "";
    private readonly StagingFolder? staging;

    /// <summary>A registry or a layout.</summary>
    public ImageTarget(IImageRepository repository) => Repository = repository;

    /// <summary>An archive.</summary>
    public ImageTarget(ImageLocation archive, string path)
    {
        this.archive = archive;
        this.path = path;
        RequireReplaceable(archive, path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        staging = new StagingFolder(path);
        Repository = new ImageLayout(LayoutPath);
    }

    public IImageRepository Repository { get; }

    private string LayoutPath => Path.Combine(staging!.Path, "layout");

    /// <summary>Writes the archive; other targets are written already.</summary>
    public async Task CompleteAsync(ManifestContent image, CancellationToken cancellationToken)
    {
        switch (archive?.Kind)
        {
            case ImageLocationKind.Archive:
                await LayoutArchive.WriteAsync(LayoutPath, path, cancellationToken).ConfigureAwait(false);
                break;
            case ImageLocationKind.DockerArchive:
                await new DockerArchiveWriter((ImageLayout)Repository, Path.Combine(staging!.Path, "layers"))
                    .WriteAsync(image, NameOf(archive), path, cancellationToken)
                    .ConfigureAwait(false);
                break;
            default:
                break;
        }
    }

    public void Dispose() => staging?.Dispose();

    /// <summary>An archive may be overwritten, but not another kind of file, which a mistyped command may name.</summary>
    private static void RequireReplaceable(ImageLocation archive, string path)
    {
        if (Directory.Exists(path))
        {
            throw LadingException.Usage(
                $"Could not write {archive}",
                "it is a folder",
                "Name a file. A layout in a folder is oci:DIR."
            );
        }

        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            return;
        }

        try
        {
            TarContents.Open(path).Dispose();
        }
        catch (LadingException e)
        {
            throw LadingException.Usage(
                $"Could not write {archive}",
                $"the file exists, but cannot be read as an archive: {e.CameBack}",
                "Name another file, or remove it first."
            );
        }
    }

    /// <summary>The name in Docker's form, without Docker Hub's host and <c>library/</c>.</summary>
    private static string? NameOf(ImageLocation archive)
    {
        if (archive.Name is not { } name)
        {
            return null;
        }

        var repository = name.Repository.Value;
        const string Library = "library/";
        var shown =
            name.Host != ImageReference.DockerHub ? $"{name.Host}/{repository}"
            : repository.StartsWith(Library, StringComparison.Ordinal) ? repository[Library.Length..]
            : repository;
        return $"{shown}:{name.Tag ?? Tag.Parse("latest")}";
    }
}

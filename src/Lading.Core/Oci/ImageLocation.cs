namespace Lading.Oci;

/// <summary>
/// The source or destination of an image: <c>host/repository:tag</c>, <c>oci:DIR[:TAG]</c>, <c>oci-archive:FILE[:TAG]</c>,
/// <c>docker-archive:FILE[:NAME[:TAG]]</c>; each may end in <c>@</c> and a digest.
/// </summary>
/// <param name="Kind">Registry, layout or archive.</param>
/// <param name="Path">The folder or file; empty for a registry.</param>
/// <param name="Name">The name in a registry, or inside of a Docker archive; null for other kinds, or if there is none.</param>
/// <param name="Tag">Null if there is none.</param>
/// <param name="Digest">Null if there is none. It takes precedence over a tag.</param>
internal sealed record ImageLocation(
    ImageLocationKind Kind,
    string Path,
    ImageReference? Name,
    Tag? Tag,
    Digest? Digest
)
{
    private const string Layout = "oci:";
    private const string Archive = "oci-archive:";
    private const string DockerArchive = "docker-archive:";

    /// <exception cref="FormatException">The text is not a location; the message says why.</exception>
    public static ImageLocation Parse(string text) =>
        text.StartsWith(Layout, StringComparison.Ordinal) ? OfLayout(ImageLocationKind.Layout, text, Layout)
        : text.StartsWith(Archive, StringComparison.Ordinal) ? OfLayout(ImageLocationKind.Archive, text, Archive)
        : text.StartsWith(DockerArchive, StringComparison.Ordinal) ? OfDockerArchive(text)
        : OfRegistry(text.StartsWith("docker://", StringComparison.Ordinal) ? text["docker://".Length..] : text);

    public override string ToString()
    {
        var suffix = $"{(Tag is { } tag ? $":{tag}" : "")}{(Digest is { } digest ? $"@{digest}" : "")}";
        return Kind switch
        {
            ImageLocationKind.Registry => $"{Name!.Host}/{Name.Repository}{suffix}",
            ImageLocationKind.Layout => Layout + Path + suffix,
            ImageLocationKind.Archive => Archive + Path + suffix,
            _ => DockerArchive + Path + (Name is null ? "" : $":{Name.Host}/{Name.Repository}{suffix}"),
        };
    }

    private static ImageLocation OfRegistry(string text)
    {
        var reference = ImageReference.Parse(text);
        return new ImageLocation(ImageLocationKind.Registry, "", reference, reference.Tag, reference.Digest);
    }

    private static ImageLocation OfLayout(ImageLocationKind kind, string text, string prefix)
    {
        var path = text[prefix.Length..];
        Digest? digest = null;
        var at = path.LastIndexOf('@');
        if (at >= 0 && Oci.Digest.TryParse(path[(at + 1)..], out var parsed))
        {
            (digest, path) = (parsed, path[..at]);
        }

        Tag? tag = null;
        var colon = path.LastIndexOf(':');
        if (colon >= 0 && !IsDrive(path, colon) && Oci.Tag.TryParse(path[(colon + 1)..], out var named))
        {
            (tag, path) = (named, path[..colon]);
        }

        return path.Length > 0
            ? new ImageLocation(kind, path, null, tag, digest)
            : throw new FormatException($"'{text}' names no {(kind == ImageLocationKind.Layout ? "folder" : "file")}.");
    }

    private static ImageLocation OfDockerArchive(string text)
    {
        var path = text[DockerArchive.Length..];
        var colon = path.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0 && IsDrive(path, colon))
        {
            colon = path.IndexOf(':', colon + 1);
        }

        if (path.Length == 0 || colon == 0)
        {
            throw new FormatException($"'{text}' names no file.");
        }

        if (colon < 0)
        {
            return new ImageLocation(ImageLocationKind.DockerArchive, path, null, null, null);
        }

        var name = ImageReference.Parse(path[(colon + 1)..]);
        return new ImageLocation(ImageLocationKind.DockerArchive, path[..colon], name, name.Tag, name.Digest);
    }

    /// <summary><c>C:\images</c> has no tag.</summary>
    private static bool IsDrive(string path, int colon) =>
        colon == 1 && char.IsAsciiLetter(path[0]) && (path.Length == 2 || path[2] is '\\' or '/');
}

/// <summary>The kinds of locations of images.</summary>
internal enum ImageLocationKind
{
    /// <summary>A registry: <c>host/repository:tag</c>.</summary>
    Registry,

    /// <summary>An OCI image layout in a folder: <c>oci:DIR</c>.</summary>
    Layout,

    /// <summary>An OCI image layout in a tar file: <c>oci-archive:FILE</c>.</summary>
    Archive,

    /// <summary>The output of <c>docker save</c>: <c>docker-archive:FILE</c>.</summary>
    DockerArchive,
}

using Lading.Configuration;
using Lading.Context;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>
/// The files that control a build without being part of it: the Dockerfile and its ignore files. Symbolic links to them are followed
/// within the repository.
/// </summary>
internal sealed class ControlFiles(BuiltImage image, RevisionView view, int rules)
{
    private string OwnIgnoreFile => image.Dockerfile + ".dockerignore";

    private string ContextIgnoreFile => CleanPath.Of(image.Context + "/.dockerignore");

    /// <summary>The paths of all of them, relative to the folder of <c>lading.json</c>.</summary>
    public IEnumerable<string> Paths => [image.Dockerfile, OwnIgnoreFile, ContextIgnoreFile];

    /// <summary>The paths of those that the build uses.</summary>
    public IEnumerable<string> Used(FoundPaths found) =>
        [image.Dockerfile, .. IgnoreFile(found) is { } file ? [file] : (string[])[]];

    public byte[] Dockerfile(FoundPaths found)
    {
        var path = Followed("Dockerfile", image.Dockerfile, found);
        return path.IsFile ? found.ContentOf(path) : throw Missing("Dockerfile", image.Dockerfile);
    }

    /// <summary>
    /// The ignore file: the Dockerfile's own, or else the context's (Docker, "Dockerfile-specific ignore file"); null if there is none.
    /// </summary>
    /// <exception cref="LadingException">It is a dangling symbolic link.</exception>
    public string? IgnoreFile(FoundPaths found)
    {
        foreach (var path in new[] { OwnIgnoreFile, ContextIgnoreFile })
        {
            var exists =
                rules < FingerprintVersion.Second
                    ? found[path].Itself is not null || found[path] is { Links.Count: 0, IsFile: true }
                    : Followed("ignore file", path, found).IsFile;
            if (exists)
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>The rules of the ignore file.</summary>
    public IgnoreRules Rules(FoundPaths found)
    {
        if (IgnoreFile(found) is not { } path)
        {
            return IgnoreRules.None;
        }

        try
        {
            return IgnoreRules.Parse(
                rules < FingerprintVersion.Second && found[path].Itself is { } link
                    ? GitPath.Encode(link.Target)
                    : found.ContentOf(found[path])
            );
        }
        catch (FormatException e)
        {
            throw LadingException.Usage($"Could not read {path}", e.Message.TrimEnd('.'), "Correct the pattern.");
        }
    }

    /// <summary>Returns a folder of inputs.</summary>
    /// <param name="what">Its role in the image.</param>
    /// <param name="path">Relative to the folder of <c>lading.json</c>.</param>
    /// <param name="found">What git has at the path.</param>
    /// <exception cref="LadingException">It is not a folder, or a dangling symbolic link.</exception>
    public TreePath Folder(string what, string path, FoundPaths found)
    {
        var tree = Followed(what, path, found);
        return tree.Mode == EntryMode.Folder ? tree : throw Missing(what, path);
    }

    private TreePath Followed(string what, string path, FoundPaths found)
    {
        var followed = found[path];
        if (followed.Fault is { } fault)
        {
            throw LadingException.Usage(
                $"Could not read the {what} {path} of image {image.Name} ({view.Display})",
                fault,
                "Point the link at something that git tracks in this repository, or commit a copy in its place."
            );
        }

        // The first version does not follow links: for it, the file is missing.
        return rules < FingerprintVersion.Second && followed.Links.Count > 0 ? throw Missing(what, path) : followed;
    }

    private LadingException Missing(string what, string path) =>
        LadingException.Usage(
            $"Could not read the inputs of image {image.Name}",
            $"its {what} {path} is not in git ({view.Display})",
            "Correct the path in lading.json (it is relative to the folder of lading.json), or commit the files."
        );
}

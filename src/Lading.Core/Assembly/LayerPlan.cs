using System.IO.Enumeration;
using Lading.Configuration;
using Lading.Context;
using Lading.Git;

namespace Lading.Assembly;

/// <summary>The files of a checkout for one <c>copy</c> entry, and their paths in the image: the entries of one layer, in byte order.</summary>
internal static class LayerPlan
{
    /// <summary>Lists the entries of one layer.</summary>
    /// <param name="image">The image's name, for errors.</param>
    /// <param name="copy">What to copy.</param>
    /// <param name="sources">The checkout.</param>
    /// <exception cref="LadingException">Nothing matches, or a file or the target of a link is outside.</exception>
    public static IReadOnlyList<LayerEntry> For(string image, CopyEntry copy, SourceCheckout sources)
    {
        var entries = new SortedDictionary<string, LayerEntry>(ByteOrder.Comparer);
        foreach (var (path, relative) in Matches(image, copy, sources))
        {
            Add(entries, image, copy, sources, path, relative);
        }

        return entries.Count > 0
            ? [.. entries.Values]
            : throw LadingException.Usage(
                $"Could not assemble image {image}",
                $"its copy entry \"{copy.From}\" matches nothing",
                "Correct it in lading.json, or see that its command makes these files."
            );
    }

    /// <summary>The full paths of matching files, with their paths relative to the target.</summary>
    private static IEnumerable<(string Path, string Relative)> Matches(
        string image,
        CopyEntry copy,
        SourceCheckout sources
    )
    {
        var from = CleanPath.Of(copy.From);
        var wild = from.AsSpan().IndexOfAny("*?[");
        if (wild >= 0)
        {
            var slash = from.LastIndexOf('/', wild);
            var folder = Inside(image, copy, sources, slash < 0 ? "." : from[..slash]);
            var pattern = IgnorePattern.Parse(from[(slash + 1)..], isException: false);
            return Below(folder, withFolders: false).Where(file => pattern.Matches(file.Relative));
        }

        var full = Inside(image, copy, sources, from);
        if (Directory.Exists(full) && !IsLink(full))
        {
            return Below(full, withFolders: true);
        }

        return File.Exists(full) || IsLink(full) ? [(full, Path.GetFileName(full))] : [];
    }

    /// <summary>Lists the contents of a folder; links to folders are treated like other links.</summary>
    private static IEnumerable<(string Path, string Relative)> Below(string folder, bool withFolders)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        return new FileSystemEnumerable<(string Path, bool IsFolder)>(
            folder,
            (ref entry) => (entry.ToFullPath(), IsFolder(ref entry)),
            options
        )
        {
            ShouldRecursePredicate = (ref entry) => IsFolder(ref entry),
            ShouldIncludePredicate = (ref entry) => withFolders || !IsFolder(ref entry),
        }.Select(item => (item.Path, SlashPath.From(folder, item.Path) + (item.IsFolder ? "/" : "")));
    }

    private static bool IsFolder(ref FileSystemEntry entry) =>
        entry.IsDirectory && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    private static void Add(
        SortedDictionary<string, LayerEntry> entries,
        string image,
        CopyEntry copy,
        SourceCheckout sources,
        string path,
        string relative
    )
    {
        var isSingle =
            !copy.To.EndsWith('/') && path == Path.GetFullPath(copy.From, sources.Folder) && !copy.From.EndsWith('/');
        var target = CleanPath.Of(isSingle ? copy.To : $"{copy.To}/{relative}")[1..];
        var isFolder = relative.EndsWith('/');
        for (var slash = target.IndexOf('/'); slash >= 0; slash = target.IndexOf('/', slash + 1))
        {
            AddFolder(entries, target[..(slash + 1)]);
        }

        if (isFolder)
        {
            AddFolder(entries, target + "/");
            return;
        }

        var link = new FileInfo(path).LinkTarget;
        if (link is not null && !StaysInside(path, link, sources))
        {
            throw LadingException.Usage(
                $"Could not assemble image {image}",
                $"{Relative(sources, path)} is a link that points outside, to {link}",
                "Copy what it points to instead, or leave it out."
            );
        }

        entries[target] = link is null
            ? new LayerEntry(target, path, null, sources.IsExecutable(path))
            : new LayerEntry(target, null, LinkIn(link, OperatingSystem.IsWindows()), false);
    }

    /// <summary>The target of a link in an image, where paths are written as on Linux.</summary>
    /// <param name="link">Its target on disk.</param>
    /// <param name="isWindows">Whether it was made on Windows, where a name cannot contain <c>\</c>.</param>
    internal static string LinkIn(string link, bool isWindows) => isWindows ? link.Replace('\\', '/') : link;

    private static void AddFolder(SortedDictionary<string, LayerEntry> entries, string path) =>
        entries.TryAdd(path, new LayerEntry(path, null, null, IsExecutable: true));

    /// <summary>The full path, which must be inside and must not pass through a link: a link could lead anywhere.</summary>
    private static string Inside(string image, CopyEntry copy, SourceCheckout sources, string path)
    {
        var full = Path.GetFullPath(path, sources.Folder);
        if (!sources.Contains(full))
        {
            throw LadingException.Usage(
                $"Could not assemble image {image}",
                $"its copy entry \"{copy.From}\" is outside the checkout of its sources",
                "Name files that are inside the git repository."
            );
        }

        var isFolder = copy.From.EndsWith('/') || path != CleanPath.Of(copy.From);
        for (
            var at = isFolder ? full : Path.GetDirectoryName(full)!;
            at.Length > sources.Top.Length;
            at = Path.GetDirectoryName(at)!
        )
        {
            if (IsLink(at))
            {
                throw LadingException.Usage(
                    $"Could not assemble image {image}",
                    $"its copy entry \"{copy.From}\" passes through {Relative(sources, at)}, which is a link",
                    "Name the files by the folder that they are in."
                );
            }
        }

        return full;
    }

    private static string Relative(SourceCheckout sources, string path) => SlashPath.From(sources.Folder, path);

    private static bool StaysInside(string path, string link, SourceCheckout sources) =>
        !Path.IsPathRooted(link) && sources.Contains(Path.GetFullPath(link, Path.GetDirectoryName(path)!));

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}

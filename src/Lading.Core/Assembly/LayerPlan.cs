using Lading.Configuration;
using Lading.Context;
using Lading.Git;

namespace Lading.Assembly;

/// <summary>Which files of a checkout one <c>copy</c> entry puts where: the entries of one layer, in byte order.</summary>
internal static class LayerPlan
{
    /// <summary>Reads the folder.</summary>
    /// <param name="image">For errors.</param>
    /// <param name="copy">What to copy.</param>
    /// <param name="sources">The checkout.</param>
    /// <exception cref="LadingException">Nothing matches, or something lies or points outside.</exception>
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
                $"Could not put image {image} together",
                $"its copy entry \"{copy.From}\" matches nothing",
                "Correct it in lading.json, or see that its command makes these files."
            );
    }

    /// <summary>Full paths, and what each is called below the target.</summary>
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
            return Below(folder).Where(file => pattern.Matches(file.Relative));
        }

        var full = Inside(image, copy, sources, from);
        if (Directory.Exists(full) && !IsLink(full))
        {
            return Below(full);
        }

        return File.Exists(full) || IsLink(full) ? [(full, Path.GetFileName(full))] : [];
    }

    private static IEnumerable<(string Path, string Relative)> Below(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        return new System.IO.Enumeration.FileSystemEnumerable<string>(
            folder,
            (ref entry) => entry.ToFullPath(),
            options
        )
        {
            // A linked folder is copied as the link that it is.
            ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            ShouldIncludePredicate = (ref entry) =>
                !entry.IsDirectory || entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        }.Select(path => (path, Path.GetRelativePath(folder, path).Replace('\\', '/')));
    }

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
        for (var slash = target.IndexOf('/'); slash >= 0; slash = target.IndexOf('/', slash + 1))
        {
            var folder = target[..(slash + 1)];
            entries.TryAdd(folder, new LayerEntry(folder, null, null, IsExecutable: true));
        }

        var link = new FileInfo(path).LinkTarget;
        if (link is not null && !StaysInside(path, link, sources))
        {
            throw LadingException.Usage(
                $"Could not put image {image} together",
                $"{Path.GetRelativePath(sources.Folder, path)} is a link that points outside, to {link}",
                "Copy what it points to instead, or leave it out."
            );
        }

        entries[target] = new LayerEntry(target, link is null ? path : null, link, link is null && IsExecutable(path));
    }

    private static string Inside(string image, CopyEntry copy, SourceCheckout sources, string path)
    {
        var full = Path.GetFullPath(path, sources.Folder);
        return sources.Contains(full)
            ? full
            : throw LadingException.Usage(
                $"Could not put image {image} together",
                $"its copy entry \"{copy.From}\" lies outside the checkout of its sources",
                "Name files that are inside the git repository."
            );
    }

    private static bool StaysInside(string path, string link, SourceCheckout sources) =>
        !Path.IsPathRooted(link) && sources.Contains(Path.GetFullPath(link, Path.GetDirectoryName(path)!));

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private static bool IsExecutable(string path) =>
        !OperatingSystem.IsWindows() && File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute);
}

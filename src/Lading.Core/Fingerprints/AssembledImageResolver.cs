using Lading.Configuration;
using Lading.Context;
using Lading.Fingerprints.Remembered;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Resolves the inputs of an assembled image: its sources, or what it copies if no command runs.</summary>
internal sealed class AssembledImageResolver(AssembledImage image, RevisionView view, RepositoryPath paths)
    : InputResolver
{
    private readonly IReadOnlyList<Source> sources =
    [
        .. (image.Sources.Count > 0 ? image.Sources : image.Copy.Select(entry => entry.From))
            .Select(Source.Of)
            .Distinct(),
    ];

    public override IEnumerable<string> Paths => sources.Select(source => source.Path);

    public override IEnumerable<ObjectId> Trees(FoundPaths found) =>
        sources
            .Select(source => EntryAt(source, found))
            .Where(entry => entry.Mode == EntryMode.Folder)
            .Select(entry => entry.Id);

    public override bool IsRemembered => true;

    public override ScopedInputs Read(FoundPaths found, TreeReader trees, IReadOnlyDictionary<ObjectId, byte[]> targets)
    {
        var files = new SortedDictionary<string, TreeEntry>(ByteOrder.Comparer);
        foreach (var source in sources)
        {
            var entry = EntryAt(source, found);
            if (entry.Mode == EntryMode.None || (entry.Mode != EntryMode.Folder && !source.MayBeFile))
            {
                throw Missing(source, found);
            }

            if (entry.Mode == EntryMode.Folder)
            {
                AddFolder(files, source, found, FolderOf(source), trees.List(entry.Id));
            }
            else
            {
                files[source.Path] = entry;
            }
        }

        return CreateInputs(found, [.. files.Values], known: null);
    }

    public override ScopedInputs Recall(FoundPaths found, RememberedIdentity known) => CreateInputs(found, [], known);

    private ScopedInputs CreateInputs(FoundPaths found, IReadOnlyList<TreeEntry> files, RememberedIdentity? known) =>
        new(
            new AssembledInputs
            {
                Platforms = image.Platforms,
                Epoch = image.Epoch,
                Definition = image,
                Base =
                    image.Base == "scratch" ? null : new BaseReference(image.Base, view.Pins.Find(image.Base)?.Digest),
                Files = files,
                Recalled = known,
            },
            new ImageScope(
                [.. sources.Where(source => !IsFolder(source, found)).Select(source => paths.OfFile(source.Path))],
                [.. sources.Where(source => IsFolder(source, found)).Select(FolderOf)]
            )
        );

    private static bool IsFolder(Source source, FoundPaths found) => EntryAt(source, found).Mode == EntryMode.Folder;

    private FolderScope FolderOf(Source source) => new(paths.OfFolder(source.Path), IgnoreRules.None, source.Pattern);

    private void AddFolder(
        SortedDictionary<string, TreeEntry> files,
        Source source,
        FoundPaths found,
        FolderScope folder,
        IReadOnlyList<TreeEntry> entries
    )
    {
        var matcher = folder.Rules.CreateMatcher();
        var count = files.Count;
        foreach (var entry in entries.Where(entry => folder.CoversWithin(entry.Path, matcher)))
        {
            var path = source.Path == "." ? entry.Path : $"{source.Path}/{entry.Path}";
            files[path] = entry with { Path = path };
        }

        if (files.Count == count && entries.All(entry => !folder.CoversWithin(entry.Path, matcher)))
        {
            throw Missing(source, found);
        }
    }

    /// <summary>A copied path is what git has there: a link stays a link, and no link on the way to it is followed.</summary>
    private static TreeEntry EntryAt(Source source, FoundPaths found) =>
        found[source.Path] switch
        {
            { Links.Count: 0 } path => new TreeEntry(path.Mode, path.Id, source.Path),
            { Itself: { } link } => new TreeEntry(EntryMode.SymbolicLink, link.Id, source.Path),
            _ => new TreeEntry(EntryMode.None, default, source.Path),
        };

    private LadingException Missing(Source source, FoundPaths found) =>
        LadingException.Usage(
            $"Could not read the inputs of image {image.Name}",
            found[source.Path].Links is [var link, ..]
                ? $"{source.Text} is behind {link.Path}, a symbolic link to {link.Target} ({view.Display}), and sources are not followed through links"
                : $"git tracks nothing at {source.Text} ({view.Display})",
            "Correct the path in lading.json (it is relative to the folder of lading.json), or commit the files."
        );

    /// <summary>A source as written, the file or folder to request, and the pattern within it.</summary>
    private sealed record Source(string Text, string Path, IgnorePattern? Pattern)
    {
        public static Source Of(string text)
        {
            var wild = text.AsSpan().IndexOfAny("*?[");
            if (wild < 0)
            {
                return new Source(text, CleanPath.Of(text), null);
            }

            var slash = text.LastIndexOf('/', wild);
            return new Source(
                text,
                CleanPath.Of(slash < 0 ? "." : text[..slash]),
                IgnorePattern.Parse(CleanPath.Of(text[(slash + 1)..]), isException: false)
            );
        }

        public bool MayBeFile => Pattern is null && Path != "." && !Text.EndsWith('/');
    }
}

using Lading.Configuration;
using Lading.Context;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Reads the inputs of an image that is put together in process: its sources, or what it copies where nothing is run.</summary>
internal sealed class InputsOfAssembled(AssembledImage image, RevisionView view, RepositoryPath paths) : IInputsOf
{
    private readonly IReadOnlyList<Source> sources =
    [
        .. (image.Sources.Count > 0 ? image.Sources : image.Copy.Select(entry => entry.From))
            .Select(Source.Of)
            .Distinct(),
    ];

    // git tells the mode of a file only in the folder that holds it.
    public IEnumerable<string> Names =>
        sources.SelectMany(source => source.MayBeFile ? [source.Path, source.Parent] : new[] { source.Path });

    public IEnumerable<ObjectId> Trees(IReadOnlyDictionary<string, GitObject?> found) =>
        sources.Select(source => found[source.Path]).Where(item => item is { Type: "tree" }).Select(item => item!.Id);

    public IEnumerable<ObjectId> Links(
        IReadOnlyDictionary<string, GitObject?> found,
        TreeReader trees,
        IReadOnlyDictionary<ObjectId, byte[]> targets
    ) => [];

    public ScopedInputs Read(
        IReadOnlyDictionary<string, GitObject?> found,
        TreeReader trees,
        IReadOnlyDictionary<ObjectId, byte[]> targets
    )
    {
        var files = new SortedDictionary<string, TreeEntry>(ByteOrder.Comparer);
        var singles = new List<string>();
        var folders = new List<InputFolder>();
        foreach (var source in sources)
        {
            var item = found[source.Path] ?? throw Missing(source);
            if (item.Type == "tree")
            {
                var folder = new InputFolder(paths.OfFolder(source.Path), IgnoreRules.None, source.Pattern);
                folders.Add(folder);
                AddFolder(files, source, folder, trees.List(item.Id));
            }
            else
            {
                singles.Add(paths.OfFile(source.Path));
                files[source.Path] = new TreeEntry(source.ModeIn(found[source.Parent]), item.Id, source.Path);
            }
        }

        return new ScopedInputs(
            new AssembledInputs
            {
                Platforms = image.Platforms,
                Epoch = image.Epoch,
                Definition = image,
                Base = image.Base == "scratch" ? null : new BaseInput(image.Base, view.Pins.Find(image.Base)?.Digest),
                Files = [.. files.Values],
            },
            new InputScope(singles, folders)
        );
    }

    private void AddFolder(
        SortedDictionary<string, TreeEntry> files,
        Source source,
        InputFolder folder,
        IReadOnlyList<TreeEntry> entries
    )
    {
        var asker = folder.Rules.Ask();
        var count = files.Count;
        foreach (var entry in entries.Where(entry => folder.CoversWithin(entry.Path, asker)))
        {
            var path = source.Path == "." ? entry.Path : $"{source.Path}/{entry.Path}";
            files[path] = entry with { Path = path };
        }

        if (files.Count == count && entries.All(entry => !folder.CoversWithin(entry.Path, asker)))
        {
            throw Missing(source);
        }
    }

    private LadingException Missing(Source source) =>
        LadingException.Usage(
            $"Could not read the inputs of image {image.Name}",
            $"git tracks nothing at {source.Text} ({view.Display})",
            "Correct the path in lading.json (it is relative to the folder of lading.json), or commit the files."
        );

    /// <summary>A source as written, the file or folder to ask for, and what must match within it.</summary>
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

        public string Parent => Path.LastIndexOf('/') is > 0 and var slash ? Path[..slash] : ".";

        public EntryMode ModeIn(GitObject? parent)
        {
            var name = GitPath.Encode(Path[(Path.LastIndexOf('/') + 1)..]);
            var entries = new TreeObject(parent!.Content, parent.Id.HexLength / 2);
            while (entries.TryRead(out var item))
            {
                if (item.Name.SequenceEqual(name))
                {
                    return item.Mode;
                }
            }

            throw new InvalidOperationException($"git found {Path}, and its folder does not have it.");
        }
    }
}

using Lading.Context;
using Lading.Context.Dockerfiles;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Finds what Dockerfiles read and git does not track: a build would fail without it, or silently lack it.</summary>
internal static class UntrackedPaths
{
    private const string Remedy = $"Build it in a stage, {Otherwise}";
    private const string Otherwise = "or use \"assemble\" with \"run\" (docs/migrating.md).";

    /// <summary>An ignored folder may contain anything: no more than this many of its files are checked.</summary>
    private const int MostFiles = 5000;

    /// <summary>The most ignored files of a context that are listed.</summary>
    private const int MostNames = 3;

    /// <summary>Finds them in images that are built from Dockerfiles.</summary>
    /// <exception cref="LadingException">git fails.</exception>
    public static async Task<IReadOnlyList<BuildNote>> FindAsync(
        ProjectSnapshot sources,
        IReadOnlyList<ImageIdentity> images,
        CancellationToken cancellationToken
    )
    {
        var missing = images
            .SelectMany(image =>
                ((BuiltInputs)image.Inputs)
                    .Reads.Where(read =>
                        ((BuiltInputs)image.Inputs).HasUnmatchedReads && IsMissing(read, (BuiltInputs)image.Inputs)
                    )
                    .Select(read => (image, read))
            )
            .ToList();
        var whole = images
            .Select(image => (image, read: ((BuiltInputs)image.Inputs).Reads.FirstOrDefault(read => read.IsWhole)))
            .Where(pair => pair.read is not null)
            .ToList();
        if (missing.Count + whole.Count == 0)
        {
            return [];
        }

        var repository = sources.Repository;
        var ignored =
            !sources.IsOfWorkingTree ? []
            : sources.Status is { } status ? status.Ignored
            : await IgnoredFiles.ListAsync(repository, cancellationToken).ConfigureAwait(false);
        var found = missing.ConvertAll(pair =>
            (
                pair.image,
                pair.read,
                place: sources.IsOfWorkingTree
                    ? FindInWorkingTree(pair.read, (BuiltInputs)pair.image.Inputs, repository.Top, ignored)
                    : null
            )
        );
        var causes = await IgnoredFiles
            .ExplainAsync(
                repository,
                [.. found.Select(each => each.place).OfType<string>().Distinct(StringComparer.Ordinal)],
                cancellationToken
            )
            .ConfigureAwait(false);
        return
        [
            .. found.Select(each => OfMissing(each.image, each.read, each.place, causes)).OfType<BuildNote>(),
            .. whole.Select(pair => OfWhole(pair.image, pair.read!, ignored)).OfType<BuildNote>(),
        ];
    }

    private static bool IsMissing(ContextAccess read, BuiltInputs inputs) =>
        !read.IsWhole && !inputs.Files.Has(ContextPattern.Parse(read.Path), isIgnoring: true);

    /// <summary>Something that the instruction would read if git had it, from the top of the repository; null for nothing.</summary>
    private static string? FindInWorkingTree(
        ContextAccess read,
        BuiltInputs inputs,
        string top,
        IReadOnlyList<string> ignored
    )
    {
        if (!read.HasWildcard)
        {
            var place = inputs.Folder + read.Path;
            return Path.Exists(Path.Combine(top, place)) ? place : null;
        }

        var reads = new ReadablePaths([ContextPattern.Parse(read.Path)]);
        return ignored
            .Where(place => place.StartsWith(inputs.Folder, StringComparison.Ordinal))
            .SelectMany(place => place.EndsWith('/') ? FilesIn(top, place) : [place])
            .FirstOrDefault(place => reads.Covers(place.AsSpan(inputs.Folder.Length)));
    }

    private static IEnumerable<string> FilesIn(string top, string folder)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        var full = Path.Combine(top, folder);
        return Directory.Exists(full)
            ? Directory.EnumerateFiles(full, "*", options).Take(MostFiles).Select(path => SlashPath.From(top, path))
            : [];
    }

    private static BuildNote? OfMissing(
        ImageIdentity image,
        ContextAccess read,
        string? place,
        IReadOnlyDictionary<string, string> causes
    )
    {
        var inputs = (BuiltInputs)image.Inputs;
        var said = $"{read.Keyword} {read.Path} matches nothing that git tracks";
        if (inputs.Files.Has(ContextPattern.Parse(read.Path), isIgnoring: false))
        {
            return Note(
                image,
                read,
                $"{read.Keyword} {read.Path} matches nothing: {inputs.IgnoreFile} keeps it out of the context."
            );
        }

        if (read.Unset is { } argument)
        {
            return Note(image, read, BuildNotes.Needing(read.Keyword, argument, image.Name));
        }

        if (place is null)
        {
            // Wildcards are how a Dockerfile marks an optional file.
            return read.HasWildcard ? null : Note(image, read, said + ".");
        }

        return causes.TryGetValue(place, out var cause)
            ? Note(
                image,
                read,
                $"{said}; {(read.HasWildcard ? place[inputs.Folder.Length..] : "it")} is in the working tree, but {cause} excludes it. {Remedy}"
            )
            : Note(image, read, $"{said}; it is in the working tree: git add {ShellArgument.Of(place)}");
    }

    /// <summary>What a build in the working tree would have copied as well.</summary>
    private static BuildNote? OfWhole(ImageIdentity image, ContextAccess read, IReadOnlyList<string> ignored)
    {
        var inputs = (BuiltInputs)image.Inputs;
        if (inputs.Files.Count == 0)
        {
            var context = inputs.Folder.Length == 0 ? "." : inputs.Folder.TrimEnd('/');
            return Note(
                image,
                read,
                inputs.IgnoreFile is { } file
                    ? $"{read.Keyword} {read.Path} copies nothing: {file} keeps out all that git tracks in the context {context}. Is another folder the context?"
                    : $"{read.Keyword} {read.Path} copies nothing: git tracks nothing in the context {context}."
            );
        }

        var matcher = inputs.Files.Folder.Rules.CreateMatcher();
        var let = ignored
            .Where(place =>
                place.StartsWith(inputs.Folder, StringComparison.Ordinal) && place.Length > inputs.Folder.Length
            )
            .Select(place => place[inputs.Folder.Length..])
            .Where(path => !OwnFiles.Contains(path) && !OwnFiles.IsInFolder(path + "/"))
            .Where(path =>
                path.EndsWith('/')
                    ? !matcher.ExcludesAllOf(path.TrimEnd('/')) && !matcher.IsIgnored(path.TrimEnd('/'))
                    : !matcher.IsIgnored(path)
            )
            .ToList();
        var them = let.Count == 1 ? "it" : "them";
        return let.Count == 0
            ? null
            : Note(
                image,
                read,
                $"{read.Keyword} {read.Path} copies what git tracks: not {Listing.Of(let, MostNames)}, which git ignores and the ignore file lets in. If the image needs {them}, build {them} in a stage, {Otherwise}"
            );
    }

    private static BuildNote Note(ImageIdentity image, ContextAccess read, string text) =>
        new(image.Name, ((BuiltInputs)image.Inputs).DockerfilePath, read.Line, text);
}

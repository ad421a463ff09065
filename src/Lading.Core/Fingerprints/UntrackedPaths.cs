using Lading.Context;
using Lading.Context.Dockerfiles;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>
/// Finds files that Dockerfiles read but git does not track: a build would fail without them, or silently lack them.
/// </summary>
internal static class UntrackedPaths
{
    private const string Remedy = $"Build it in a stage, {Otherwise}";
    private const string Otherwise = "or use \"assemble\" with \"run\" (docs/migrating.md).";

    /// <summary>The maximum number of files to check in an ignored folder, which may contain anything.</summary>
    private const int MaxFiles = 5000;

    /// <summary>The maximum number of ignored files to list for a context.</summary>
    private const int MaxNames = 3;

    /// <summary>Finds such files for images that are built from Dockerfiles.</summary>
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
                path: sources.IsOfWorkingTree
                    ? FindInWorkingTree(pair.read, (BuiltInputs)pair.image.Inputs, repository.Top, ignored)
                    : null
            )
        );
        var causes = await IgnoredFiles
            .ExplainAsync(
                repository,
                [.. found.Select(each => each.path).OfType<string>().Distinct(StringComparer.Ordinal)],
                cancellationToken
            )
            .ConfigureAwait(false);
        return
        [
            .. found.Select(each => OfMissing(each.image, each.read, each.path, causes)).OfType<BuildNote>(),
            .. whole.Select(pair => OfWhole(pair.image, pair.read!, ignored)).OfType<BuildNote>(),
        ];
    }

    private static bool IsMissing(ContextAccess read, BuiltInputs inputs) =>
        !read.IsWhole && !inputs.Files.Has(ContextPattern.Parse(read.Path), isIgnoring: true);

    /// <summary>
    /// A path, from the top of the repository, that the instruction would read if git tracked it; null if there is
    /// none.
    /// </summary>
    private static string? FindInWorkingTree(
        ContextAccess read,
        BuiltInputs inputs,
        string top,
        IReadOnlyList<string> ignored
    )
    {
        if (!read.HasWildcard)
        {
            var path = inputs.Folder + read.Path;
            return Path.Exists(Path.Combine(top, path)) ? path : null;
        }

        var reads = new ReadablePaths([ContextPattern.Parse(read.Path)]);
        return ignored
            .Where(path => path.StartsWith(inputs.Folder, StringComparison.Ordinal))
            .SelectMany(path => path.EndsWith('/') ? FilesIn(top, path) : [path])
            .FirstOrDefault(path => reads.Covers(path.AsSpan(inputs.Folder.Length)));
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
            ? Directory.EnumerateFiles(full, "*", options).Take(MaxFiles).Select(path => SlashPath.From(top, path))
            : [];
    }

    private static BuildNote? OfMissing(
        ImageIdentity image,
        ContextAccess read,
        string? path,
        IReadOnlyDictionary<string, string> causes
    )
    {
        var inputs = (BuiltInputs)image.Inputs;
        var problem = $"{read.Keyword} {read.Path} matches nothing that git tracks";
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

        if (path is null)
        {
            // A wildcard is how Dockerfiles name optional files.
            return read.HasWildcard ? null : Note(image, read, problem + ".");
        }

        return causes.TryGetValue(path, out var cause)
            ? Note(
                image,
                read,
                $"{problem}; {(read.HasWildcard ? path[inputs.Folder.Length..] : "it")} is in the working tree, but {cause} excludes it. {Remedy}"
            )
            : Note(image, read, $"{problem}; it is in the working tree: git add {ShellArgument.Of(path)}");
    }

    /// <summary>A note about the files that a build in the working tree would have copied as well.</summary>
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
        var included = ignored
            .Where(path =>
                path.StartsWith(inputs.Folder, StringComparison.Ordinal) && path.Length > inputs.Folder.Length
            )
            .Select(path => path[inputs.Folder.Length..])
            .Where(path => !OwnFiles.Contains(path) && !OwnFiles.IsInFolder(path + "/"))
            .Where(path =>
                path.EndsWith('/')
                    ? !matcher.ExcludesAllOf(path.TrimEnd('/')) && !matcher.IsIgnored(path.TrimEnd('/'))
                    : !matcher.IsIgnored(path)
            )
            .ToList();
        var them = included.Count == 1 ? "it" : "them";
        return included.Count == 0
            ? null
            : Note(
                image,
                read,
                $"{read.Keyword} {read.Path} copies what git tracks: not {Listing.Of(included, MaxNames)}, which git ignores and the ignore file lets in. If the image needs {them}, build {them} in a stage, {Otherwise}"
            );
    }

    private static BuildNote Note(ImageIdentity image, ContextAccess read, string text) =>
        new(image.Name, ((BuiltInputs)image.Inputs).DockerfilePath, read.Line, text);
}

using Lading.Configuration;
using Lading.Context;
using Lading.Context.Dockerfiles;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Reads the inputs of an image that is built from a Dockerfile.</summary>
internal sealed class InputsOfBuilt(BuiltImage image, RevisionView view, RepositoryPath paths) : IInputsOf
{
    private const string ImageScheme = "docker-image://";
    private static readonly InputFolder NoRules = new("", IgnoreRules.None);
    private DockerfileUse? use;
    private InputFolder? folder;
    private FollowedLinks? followed;

    private string OwnIgnoreFile => image.Dockerfile + ".dockerignore";

    private string ContextIgnoreFile => CleanPath.Of(image.Context + "/.dockerignore");

    private IEnumerable<KeyValuePair<string, string>> FolderContexts =>
        image.Contexts.Where(context => !context.Value.StartsWith(ImageScheme, StringComparison.Ordinal));

    public IEnumerable<string> Names =>
        [
            image.Context,
            image.Dockerfile,
            OwnIgnoreFile,
            ContextIgnoreFile,
            .. FolderContexts.Select(context => context.Value),
        ];

    public IEnumerable<ObjectId> Trees(IReadOnlyDictionary<string, GitObject?> found) =>
        FolderContexts
            .Select(context => context.Value)
            .Prepend(image.Context)
            .Select(path => found[path])
            .Where(item => item is { Type: "tree" })
            .Select(item => item!.Id);

    public IEnumerable<ObjectId> Links(
        IReadOnlyDictionary<string, GitObject?> found,
        TreeReader trees,
        IReadOnlyDictionary<ObjectId, byte[]> targets
    ) => Follow(found, trees, targets)?.Unknown ?? [];

    public ScopedInputs Read(
        IReadOnlyDictionary<string, GitObject?> found,
        TreeReader trees,
        IReadOnlyDictionary<ObjectId, byte[]> targets
    )
    {
        var narrowing = Follow(found, trees, targets)?.Narrowing ?? Use(found).Narrowing;
        var context = ContextFolder(found) with { Reads = narrowing.Paths };
        var named = FolderContexts
            .Select(pair => new InputFolder(paths.OfFolder(pair.Value), IgnoreRules.None))
            .ToList();
        return new ScopedInputs(
            new BuiltInputs
            {
                Platforms = image.Platforms,
                Epoch = image.Epoch,
                Target = image.Target,
                Args = image.Args,
                Secrets = [.. image.Secrets.Keys.Order(ByteOrder.Comparer)],
                Ssh = [.. image.Ssh.Order(ByteOrder.Comparer)],
                Dockerfile = Dockerfile(found),
                Reached = Use(found).Bases,
                Narrowing = narrowing,
                IgnoreFile = IgnoreFile(found),
                Contexts =
                [
                    .. FolderContexts
                        .OrderBy(pair => pair.Key, ByteOrder.Comparer)
                        .Select(pair => new NamedContext(
                            pair.Key,
                            paths.OfFolder(pair.Value),
                            Files("build context " + pair.Key, pair.Value, NoRules, found, trees)
                        )),
                ],
                Files = Files("build context", image.Context, context, found, trees),
            },
            new InputScope(
                [paths.OfFile(image.Dockerfile), paths.OfFile(OwnIgnoreFile), paths.OfFile(ContextIgnoreFile)],
                [context, .. named]
            )
        );
    }

    /// <summary>The Dockerfile's own ignore file comes before the context's (Docker, "Dockerfile-specific ignore file").</summary>
    private string? IgnoreFile(IReadOnlyDictionary<string, GitObject?> found) =>
        new[] { OwnIgnoreFile, ContextIgnoreFile }.FirstOrDefault(path => found[path] is { Type: "blob" });

    private IgnoreRules Rules(IReadOnlyDictionary<string, GitObject?> found)
    {
        if (IgnoreFile(found) is not { } path || found[path] is not { } file)
        {
            return IgnoreRules.None;
        }

        try
        {
            return IgnoreRules.Parse(file.Content);
        }
        catch (FormatException e)
        {
            throw LadingException.Usage($"Could not read {path}", e.Message.TrimEnd('.'), "Correct the pattern.");
        }
    }

    private byte[] Dockerfile(IReadOnlyDictionary<string, GitObject?> found) =>
        found[image.Dockerfile] is { Type: "blob" } blob ? blob.Content : throw Missing("Dockerfile", image.Dockerfile);

    private DockerfileUse Use(IReadOnlyDictionary<string, GitObject?> found)
    {
        try
        {
            return use ??= DockerfileUse.Of(Dockerfile(found), image, view.Pins);
        }
        catch (FormatException e)
        {
            throw LadingException.Usage(
                $"Could not read {image.Dockerfile} ({view.Display}) for image {image.Name}",
                e.Message.TrimEnd('.')
            );
        }
    }

    private InputFolder ContextFolder(IReadOnlyDictionary<string, GitObject?> found) =>
        folder ??= new(paths.OfFolder(image.Context), Rules(found));

    /// <summary>Follows links; null where the context counts as a whole anyway.</summary>
    private FollowedLinks? Follow(
        IReadOnlyDictionary<string, GitObject?> found,
        TreeReader trees,
        IReadOnlyDictionary<ObjectId, byte[]> targets
    )
    {
        if (
            followed is not { Unknown.Count: 0 }
            && Use(found).Narrowing.Paths is { } reads
            && found[image.Context] is { Type: "tree" } tree
        )
        {
            followed = FollowedLinks.From(
                reads,
                visitor => trees.Walk(tree.Id, visitor),
                ContextFolder(found),
                targets
            );
        }

        return followed;
    }

    private InputFiles Files(
        string what,
        string path,
        InputFolder folder,
        IReadOnlyDictionary<string, GitObject?> found,
        TreeReader trees
    )
    {
        return found[path] is { Type: "tree" } tree
            ? new InputFiles(trees, tree.Id, folder)
            : throw Missing(what, path);
    }

    private LadingException Missing(string what, string path) =>
        LadingException.Usage(
            $"Could not read the inputs of image {image.Name}",
            $"its {what} {path} is not in git ({view.Display})",
            "Correct the path in lading.json (it is relative to the folder of lading.json), or commit the files."
        );
}

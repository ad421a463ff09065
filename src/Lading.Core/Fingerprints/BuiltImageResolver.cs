using Lading.Configuration;
using Lading.Context;
using Lading.Context.Dockerfiles;
using Lading.Fingerprints.Remembered;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Resolves the inputs of an image that is built from a Dockerfile.</summary>
/// <param name="image">The image.</param>
/// <param name="view">The contents of the project's own files.</param>
/// <param name="paths">The project's folder in the repository.</param>
/// <param name="rules">The version of the rules (docs/fingerprint.md). Those of the first read symbolic links as text.</param>
internal sealed class BuiltImageResolver(BuiltImage image, RevisionView view, RepositoryPath paths, int rules)
    : InputResolver
{
    private const string ImageScheme = "docker-image://";
    private readonly ControlFiles control = new(image, view, rules);
    private DockerfileUse? use;
    private FolderScope? folder;
    private FollowedLinks? followed;

    private IEnumerable<KeyValuePair<string, string>> FolderContexts =>
        image.Contexts.Where(context => !context.Value.StartsWith(ImageScheme, StringComparison.Ordinal));

    public override IEnumerable<string> Paths =>
        [.. Texts, image.Context, .. FolderContexts.Select(context => context.Value)];

    public override IEnumerable<string> Texts => control.Paths;

    public override IEnumerable<ObjectId> Trees(FoundPaths found) =>
        FolderContexts
            .Select(context => context.Value)
            .Prepend(image.Context)
            .Select(path => found[path])
            .Where(path => path.Mode == EntryMode.Folder)
            .Select(path => path.Id);

    public override IEnumerable<ObjectId> Links(
        FoundPaths found,
        TreeReader trees,
        IReadOnlyDictionary<ObjectId, byte[]> targets
    ) => Follow(found, trees, targets)?.Unknown ?? [];

    public override bool IsRemembered => true;

    public override ScopedInputs Read(
        FoundPaths found,
        TreeReader trees,
        IReadOnlyDictionary<ObjectId, byte[]> targets
    ) =>
        CreateInputs(
            found,
            Follow(found, trees, targets)?.Narrowing ?? Use(found).Narrowing,
            (tree, files, _) => new FolderFiles(trees, tree, files),
            known: null
        );

    public override ScopedInputs Recall(FoundPaths found, RememberedIdentity known) =>
        CreateInputs(
            found,
            Use(found).Narrowing,
            (_, files, number) => FolderFiles.Recalled(files, known.Counts[number]),
            known
        );

    /// <param name="found">What git has at each path.</param>
    /// <param name="narrowing">How much of the context counts.</param>
    /// <param name="filesOf">Returns the files of a folder by its tree: of the context, number 0, and of named contexts.</param>
    /// <param name="known">The remembered identity; null for none.</param>
    private ScopedInputs CreateInputs(
        FoundPaths found,
        Narrowing narrowing,
        Func<ObjectId, FolderScope, int, FolderFiles> filesOf,
        RememberedIdentity? known
    )
    {
        var context = Folder(found) with { Reads = narrowing.Paths };
        var named = FolderContexts
            .OrderBy(pair => pair.Key, ByteOrder.Comparer)
            .Select(
                (pair, i) => NamedContext(pair.Key, pair.Value, found, (tree, files) => filesOf(tree, files, i + 1))
            )
            .ToList();
        var trail = Trail(found);
        return new ScopedInputs(
            new BuiltInputs
            {
                Version =
                    trail.Count > 0 || (Use(found).NeedsEnvironment && !narrowing.IsWhole)
                        ? FingerprintVersion.Second
                        : FingerprintVersion.First,
                Platforms = image.Platforms,
                Epoch = image.Epoch,
                Target = image.Target,
                Args = image.Args,
                Secrets = [.. image.Secrets.Keys.Order(ByteOrder.Comparer)],
                Ssh = [.. image.Ssh.Order(ByteOrder.Comparer)],
                Dockerfile = control.Dockerfile(found),
                DockerfilePath = found[image.Dockerfile].Path,
                Reached = Use(found).Bases,
                Narrowing = narrowing,
                Reads = Use(found).Narrowing.Reads,
                Doubts = Use(found).Doubts,
                IgnoreFile = control.IgnoreFile(found) is { } ignoreFile ? found[ignoreFile].Asked : null,
                Folder = context.Path,
                Contexts = named,
                Files = filesOf(control.Folder("build context", image.Context, found).Id, context, 0),
                Recalled = known,
                Trail = trail,
            },
            new ImageScope(
                [.. ScopeOf(found)],
                [context, .. named.Select(each => new FolderScope(each.Folder, IgnoreRules.None))]
            )
        );
    }

    /// <summary>The symbolic links that were followed, and the files they lead to, by their paths from the folder of <c>lading.json</c>.</summary>
    private IReadOnlyList<TreeEntry> Trail(FoundPaths found) =>
        rules < FingerprintVersion.Second
            ? []
            :
            [
                .. control
                    .Used(found)
                    .Append(image.Context)
                    .Concat(FolderContexts.Select(context => context.Value))
                    .SelectMany(path => found[path].Trail)
                    .Select(entry => entry with { Path = paths.Relative(entry.Path) })
                    .DistinctBy(entry => entry.Path, StringComparer.Ordinal)
                    .OrderBy(entry => entry.Path, ByteOrder.Comparer),
            ];

    /// <summary>Files, from the top of the repository, whose change affects what is read, including ones that do not exist.</summary>
    private IEnumerable<string> ScopeOf(FoundPaths found) =>
        Paths
            .Select(path => found[path])
            .SelectMany(path => path.Links.Select(link => link.Path).Append(path.Path))
            .Concat(Texts.Select(path => found[path].Asked))
            .Where(path => path.Length > 0)
            .Distinct(StringComparer.Ordinal);

    private NamedContext NamedContext(
        string name,
        string path,
        FoundPaths found,
        Func<ObjectId, FolderScope, FolderFiles> filesOf
    )
    {
        var tree = control.Folder("build context " + name, path, found);
        return new NamedContext(
            name,
            RepositoryPath.FolderAt(tree.Path),
            filesOf(tree.Id, new FolderScope("", IgnoreRules.None))
        );
    }

    private DockerfileUse Use(FoundPaths found)
    {
        try
        {
            return use ??= DockerfileUse.Of(control.Dockerfile(found), image, view.Pins, rules);
        }
        catch (FormatException e)
        {
            throw LadingException.Usage(
                $"Could not read {image.Dockerfile} ({view.Display}) for image {image.Name}",
                e.Message.TrimEnd('.')
            );
        }
    }

    private FolderScope Folder(FoundPaths found) =>
        folder ??= new(
            RepositoryPath.FolderAt(control.Folder("build context", image.Context, found).Path),
            control.Rules(found)
        );

    /// <summary>Follows links within the context; null if the context counts as a whole anyway.</summary>
    private FollowedLinks? Follow(FoundPaths found, TreeReader trees, IReadOnlyDictionary<ObjectId, byte[]> targets)
    {
        if (followed is not { Unknown.Count: 0 } && Use(found).Narrowing.Paths is { } reads)
        {
            var tree = control.Folder("build context", image.Context, found).Id;
            followed = FollowedLinks.From(reads, visitor => trees.Walk(tree, visitor), Folder(found), targets);
        }

        return followed;
    }
}

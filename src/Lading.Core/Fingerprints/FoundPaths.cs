using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>What git has at the paths of images, relative to the folder of <c>lading.json</c>.</summary>
internal sealed class FoundPaths
{
    private readonly IReadOnlyDictionary<string, TreePath> paths;
    private readonly IReadOnlyDictionary<ObjectId, byte[]> contents;

    private FoundPaths(IReadOnlyDictionary<string, TreePath> paths, IReadOnlyDictionary<ObjectId, byte[]> contents)
    {
        this.paths = paths;
        this.contents = contents;
    }

    public TreePath this[string path] => paths[path];

    /// <summary>The paths of one image: it cannot see paths it did not ask for, so everything it sees is in its trace.</summary>
    public FoundPaths Of(InputResolver resolver) =>
        new(
            resolver
                .Paths.Distinct(StringComparer.Ordinal)
                .ToDictionary(path => path, path => paths[path], StringComparer.Ordinal),
            contents
        );

    /// <summary>What is at each path, in byte order of the requested paths.</summary>
    public IReadOnlyCollection<TreePath> Trace =>
        [.. paths.OrderBy(pair => pair.Key, ByteOrder.Comparer).Select(pair => pair.Value)];

    /// <summary>The bytes of a requested file.</summary>
    public byte[] ContentOf(TreePath file) => contents[file.Id];

    /// <summary>Finds paths, and reads the content of some of them.</summary>
    public static async Task<FoundPaths> ReadAsync(
        ObjectReader objects,
        string root,
        RepositoryPath project,
        IReadOnlyList<string> paths,
        IReadOnlyList<string> texts,
        CancellationToken cancellationToken
    )
    {
        var found = await new TreePaths(objects, root)
            .FindAllAsync([.. paths.Select(project.InTree)], cancellationToken)
            .ConfigureAwait(false);
        var byPath = paths.Zip(found).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        var files = texts
            .Select(path => byPath[path])
            .Where(path => path.IsFile)
            .Select(path => path.Id)
            .Distinct()
            .ToList();
        var contents = await objects
            .FindAllAsync(files.ConvertAll(id => id.ToString()), cancellationToken)
            .ConfigureAwait(false);
        return new FoundPaths(
            byPath,
            files
                .Zip(contents)
                .ToDictionary(
                    pair => pair.First,
                    pair => pair.Second?.Content ?? throw GitFailure.MissingObject(pair.First)
                )
        );
    }
}

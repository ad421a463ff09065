using Lading.Context;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>The files of a folder that count as inputs. They are hashed as git has them, and listed only on request.</summary>
/// <param name="trees">Has the folder's tree and all below it; null if only the number of files is known.</param>
/// <param name="tree">The folder's tree.</param>
/// <param name="folder">Which of its files count.</param>
internal sealed class FolderFiles(TreeReader? trees, ObjectId tree, FolderScope folder)
{
    private int? count;

    private TreeReader Trees =>
        trees ?? throw new InvalidOperationException("The files of a remembered identity have to be read first.");

    /// <summary>Files that were not read, because the identity of their image is remembered.</summary>
    public static FolderFiles Recalled(FolderScope folder, int count) => new(null, default, folder) { count = count };

    /// <summary>Which files of the folder count.</summary>
    public FolderScope Folder => folder;

    /// <summary>Whether the folder has a file that a source may match.</summary>
    /// <param name="source">Within the folder.</param>
    /// <param name="isIgnoring">Whether to skip what the ignore file excludes.</param>
    public bool Has(ContextPattern source, bool isIgnoring)
    {
        var any = new AnyFile();
        var rules = isIgnoring ? folder.Rules : IgnoreRules.None;
        Trees.Walk(tree, new FolderFilter(folder with { Rules = rules, Reads = new ReadablePaths([source]) }, any));
        return any.IsFound;
    }

    /// <summary>The number of files.</summary>
    public int Count => count ??= List().Count;

    /// <summary>In byte order of their paths within the folder.</summary>
    public IReadOnlyList<TreeEntry> List()
    {
        var files = new TreeListing();
        Trees.Walk(tree, new FolderFilter(folder, files));
        return files.Entries;
    }

    /// <summary>Whether a path within the folder counts, existing or not.</summary>
    public bool Covers(string path) =>
        (folder.Reads?.Covers(path) ?? true) && folder.CoversWithin(path, folder.Rules.CreateMatcher());

    /// <summary>Adds their number, and each with mode, object id and path.</summary>
    public void AddTo(CanonicalHash hash)
    {
        var files = new HashedFiles(hash);
        Trees.Walk(tree, new FolderFilter(folder, files));
        count = files.Finish();
    }
}

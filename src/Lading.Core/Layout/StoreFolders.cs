using Lading.Oci;

namespace Lading.Layout;

/// <summary>The folders of a store whose paths are repository names.</summary>
internal static class StoreFolders
{
    // Folders of other users are skipped.
    private static readonly EnumerationOptions Readable = new()
    {
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.None,
    };

    /// <summary>All such folders, with or without a repository. Symbolic links are not followed.</summary>
    public static IEnumerable<(RepositoryName Name, string Path)> Walk(
        string store,
        CancellationToken cancellationToken
    )
    {
        var waiting = new Stack<(string Name, string Path)>([("", store)]);
        while (waiting.TryPop(out var folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var child in ChildrenOf(folder.Path))
            {
                // Names that begin with '_' are internal to a repository or the store.
                var text = folder.Name.Length == 0 ? child.Name : $"{folder.Name}/{child.Name}";
                if (RepositoryName.TryParse(text, out var name) && child.LinkTarget is null)
                {
                    yield return (name, child.FullName);
                    waiting.Push((text, child.FullName));
                }
            }
        }
    }

    private static DirectoryInfo[] ChildrenOf(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateDirectories("*", Readable)];
        }
        catch (DirectoryNotFoundException)
        {
            // It does not exist yet, or another process has just deleted it.
            return [];
        }
    }
}

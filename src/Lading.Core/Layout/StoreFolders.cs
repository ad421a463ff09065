using Lading.Oci;

namespace Lading.Layout;

/// <summary>The folders of a store whose paths are names of repositories.</summary>
internal static class StoreFolders
{
    // Folders of other users are passed over.
    private static readonly EnumerationOptions Readable = new()
    {
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.None,
    };

    /// <summary>All of them, whether there is a repository or not. Symbolic links are not followed.</summary>
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
                // What begins with '_' is the inside of a repository, or the store's own.
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
            // There is none yet, or another process has just deleted it.
            return [];
        }
    }
}

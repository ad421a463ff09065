namespace Lading.Configuration.Proposals;

/// <summary>Paths of the repository relative to one of its folders.</summary>
internal static class RelativePath
{
    /// <summary><c>../src/web</c>, or <c>.</c> for the folder itself.</summary>
    /// <param name="folder">From the top of the repository; empty for the top.</param>
    /// <param name="path">From the top of the repository.</param>
    public static string From(string folder, string path)
    {
        var from = folder.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var to = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var shared = from.Zip(to).TakeWhile(pair => pair.First == pair.Second).Count();
        var relative = string.Join('/', Enumerable.Repeat("..", from.Length - shared).Concat(to.Skip(shared)));
        return relative.Length == 0 ? "." : relative;
    }
}

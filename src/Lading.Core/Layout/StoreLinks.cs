namespace Lading.Layout;

/// <summary>Symbolic links inside a store. The registry never follows one: it may lead out of the store, or in circles.</summary>
internal static class StoreLinks
{
    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    /// <summary>Refuses a path that passes through a symbolic link.</summary>
    /// <param name="root">The folder it starts from, which may be a link itself.</param>
    /// <param name="parts">The names below the root, one for each folder.</param>
    /// <param name="entries">Paths within the last folder that must not be links either.</param>
    /// <exception cref="LadingException">A part is a link.</exception>
    public static void Refuse(string root, IReadOnlyList<string> parts, params ReadOnlySpan<string> entries)
    {
        var folder = root;
        foreach (var part in parts)
        {
            folder = Path.Combine(folder, part);
            RefuseOne(folder);
        }

        foreach (var entry in entries)
        {
            RefuseOne(Path.Combine(folder, entry));
        }
    }

    private static void RefuseOne(string path)
    {
        if (IsLink(path))
        {
            throw new LadingException(
                $"Could not use {path}",
                "it is a symbolic link, and the registry follows none inside its store",
                "Put the folder or file itself in its place."
            );
        }
    }
}

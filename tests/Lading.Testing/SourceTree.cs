namespace Lading.Testing;

/// <summary>The checkout that the tests were built from.</summary>
internal static class SourceTree
{
    /// <summary>Its top folder.</summary>
    public static string Root { get; } = Above(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>A file or folder in it.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string Above(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Lading.slnx"))
            ? folder.FullName
            : Above(folder.Parent ?? throw new InvalidOperationException("No folder above the tests has Lading.slnx."));
}

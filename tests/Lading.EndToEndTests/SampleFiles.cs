using Lading.Testing;

namespace Lading.EndToEndTests;

/// <summary>The files of <c>samples/storefront</c>, without what tools leave behind among them.</summary>
internal static class SampleFiles
{
    private static readonly string[] Left =
    [
        "node_modules",
        "bin",
        "obj",
        "cdk.out",
        ".lading",
        "dist",
        "__pycache__",
        ".venv",
    ];

    /// <summary>Where the sample is.</summary>
    public static string Folder => SourceTree.PathOf("samples/storefront");

    /// <summary>Copies them to a folder.</summary>
    /// <param name="folder">The folder, which is created if it is missing.</param>
    /// <param name="without">Names of folders that are left out as well.</param>
    public static void CopyTo(string folder, params string[] without) => Copy(Folder, folder, without);

    private static void Copy(string from, string to, string[] without)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            var name = Path.GetFileName(folder);
            if (!Left.Contains(name) && !without.Contains(name))
            {
                Copy(folder, Path.Combine(to, name), without);
            }
        }
    }
}

using Lading.Testing;

namespace Lading.Tests.Ci;

/// <summary>Dependabot watches every folder that pins packages; the exception is here with its reason.</summary>
public sealed class KeepingPackagesCurrent
{
    /// <summary>
    /// Its lock file has, on purpose, the oldest CDK library that the constructs promise to work with.
    /// </summary>
    private const string Oldest = "/src/lading-cdk";

    [Fact]
    public async Task Dependabot_watches_every_npm_lock_file()
    {
        var file = Assert.Single(await YamlFile.ReadAllAsync(SourceTree.PathOf(".github/dependabot.yml")));
        var npm = file.GetProperty("updates")
            .EnumerateArray()
            .Single(each => each.GetProperty("package-ecosystem").GetString() == "npm");
        var looked = npm.GetProperty("directories").EnumerateArray().Select(each => each.GetString()!).ToList();

        var pinned = Directory
            .EnumerateFiles(
                SourceTree.PathOf("."),
                "package-lock.json",
                new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4 }
            )
            .Select(path =>
                "/" + Path.GetRelativePath(SourceTree.PathOf("."), Path.GetDirectoryName(path)!).Replace('\\', '/')
            )
            .Where(folder =>
                !folder.Contains("node_modules", StringComparison.Ordinal)
                && !folder.StartsWith("/artifacts", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal);
        Assert.Equal(pinned, looked.Append(Oldest).Order(StringComparer.Ordinal));
    }
}

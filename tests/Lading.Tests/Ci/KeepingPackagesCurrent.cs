using Lading.Testing;

namespace Lading.Tests.Ci;

/// <summary>Dependabot looks into every folder that pins packages, or the reason why not is here.</summary>
public sealed class KeepingPackagesCurrent
{
    /// <summary>Its lock file has the oldest library of the CDK that the constructs promise to work with, on purpose.</summary>
    private const string Oldest = "/src/lading-cdk";

    [Fact]
    public async Task Every_lock_file_of_npm_is_looked_at()
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

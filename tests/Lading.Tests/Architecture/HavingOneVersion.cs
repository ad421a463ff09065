using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lading.Testing;

namespace Lading.Tests.Architecture;

/// <summary>
/// Tool and libraries are released together: the version is set in Directory.Build.props, and these must match it.
/// </summary>
public sealed partial class HavingOneVersion
{
    private static readonly string Version = Element()
        .Match(File.ReadAllText(SourceTree.PathOf("Directory.Build.props")))
        .Groups["version"]
        .Value;

    [Fact]
    public void The_TypeScript_library_has_it()
    {
        var lockFile = Json("src/lading-cdk/package-lock.json");

        Assert.Equal(Version, (string?)Json("src/lading-cdk/package.json")["version"]);
        Assert.Equal(Version, (string?)lockFile["version"]);
        Assert.Equal(Version, (string?)lockFile["packages"]![""]!["version"]);
    }

    [Fact]
    public void The_Python_library_has_it() =>
        Assert.Contains(
            $"\nversion = \"{Version}\"\n",
            File.ReadAllText(SourceTree.PathOf("src/lading_cdk/pyproject.toml")),
            StringComparison.Ordinal
        );

    private static JsonNode Json(string path) => JsonNode.Parse(File.ReadAllText(SourceTree.PathOf(path)))!;

    [GeneratedRegex(
        "<Version>(?<version>[^<]+)</Version>",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Element();
}

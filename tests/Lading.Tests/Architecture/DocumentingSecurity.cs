using System.Text.RegularExpressions;
using Lading.Testing;

namespace Lading.Tests.Architecture;

/// <summary>docs/security.md names the tests behind each of its promises, and they exist.</summary>
public sealed partial class DocumentingSecurity
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_promise_names_tests_that_exist()
    {
        var text = await File.ReadAllTextAsync(SourceTree.PathOf("docs/security.md"), Cancelled);
        var promises = text[..text.IndexOf("## What is not promised", StringComparison.Ordinal)]
            .Split("\n\n")
            .Where(paragraph => paragraph.StartsWith("**", StringComparison.Ordinal))
            .ToList();
        var tests = Directory
            .EnumerateFiles(SourceTree.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file)!)
            .ToHashSet(StringComparer.Ordinal);

        Assert.True(promises.Count > 20, $"{promises.Count} promises");
        Assert.All(
            promises,
            promise =>
            {
                var named = TestName()
                    .Matches(promise[(promise.LastIndexOf('—') + 1)..])
                    .Select(match => match.Groups["name"].Value)
                    .ToList();
                Assert.NotEmpty(named);
                Assert.All(named, name => Assert.Contains(name, tests));
            }
        );
    }

    [GeneratedRegex(@"`(?<name>[A-Z]\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestName();
}

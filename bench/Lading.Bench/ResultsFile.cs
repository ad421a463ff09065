using System.Text;

namespace Lading.Bench;

/// <summary>
/// bench/RESULTS.md: one section per benchmark; a run replaces the sections of the benchmarks that it ran.
/// </summary>
internal static class ResultsFile
{
    private const string Preamble = """
        # Results

        Written by `./build bench`; what is measured, and how to read it, is in [docs/performance.md](../docs/performance.md).
        Whole processes from start to exit, the contenders of a table taking turns. What counts are the ratios of the medians:
        the times are those of one machine on one day.

        """;

    public static async Task WriteAsync(
        Workplace place,
        string name,
        string section,
        CancellationToken cancellationToken
    )
    {
        var path = Path.Combine(place.BenchFolder, "RESULTS.md");
        var old = File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken) : "";
        var sections = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in old.Split("\n## ").Skip(1))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            sections[part[..end]] = part[(end + 1)..].Trim('\n');
        }

        sections[name] = $"On {Machine.Describe()}.\n\n{section.Trim('\n')}";
        var text = new StringBuilder(Preamble);
        foreach (var (title, body) in sections)
        {
            text.Append($"\n## {title}\n\n{body}\n");
        }

        await File.WriteAllTextAsync(path, text.ToString(), cancellationToken);
    }
}

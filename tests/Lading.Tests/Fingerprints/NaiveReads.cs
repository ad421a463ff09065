using System.Text.RegularExpressions;

namespace Lading.Tests.Fingerprints;

/// <summary>
/// A second, naive implementation of "Only what can be read" in docs/fingerprint.md, for the simplest Dockerfiles: one
/// instruction per line, no variables. It matches every path against every source as a regular expression.
/// </summary>
internal sealed class NaiveReads
{
    private readonly List<string> sources = [];

    /// <param name="dockerfile">Its text.</param>
    /// <param name="links">The links that are not excluded, with their targets.</param>
    public NaiveReads(string dockerfile, IReadOnlyDictionary<string, string> links)
    {
        var stages = Regex
            .Split(dockerfile, @"^FROM ", RegexOptions.Multiline, TimeSpan.FromMinutes(1))
            .Skip(1)
            .Select(text => text.Split('\n'))
            .ToList();
        AddStage(stages, stages.Count - 1, []);
        for (var i = 0; i < sources.Count; i++)
        {
            foreach (var (link, target) in links)
            {
                Follow(sources[i], link, target);
            }
        }
    }

    public bool Counts(string path) =>
        sources.Exists(source =>
            Folders(path).Append(path).Any(part => Matches(source, part))
            || Beginnings(source).Any(beginning => Matches(beginning, path))
        );

    private void AddStage(List<string[]> stages, int index, HashSet<int> seen)
    {
        if (!seen.Add(index))
        {
            return;
        }

        foreach (var line in stages[index])
        {
            var words = line.StartsWith("COPY [\"", StringComparison.Ordinal)
                ? [.. line[5..].Trim('[', ']').Split(", ").Select(item => item.Trim('"')).Prepend("COPY")]
                : line.Split(' ');
            if (words[0] == "RUN")
            {
                Add(Regex.Match(line, "(?<=source=)[^,]*", RegexOptions.None, TimeSpan.FromMinutes(1)).Value);
            }
            else if (words[0] is "COPY" or "ADD" && words[1].StartsWith("--from=", StringComparison.Ordinal))
            {
                AddStage(stages, int.Parse(words[1].Replace("--from=", "").TrimStart('s')), seen);
            }
            else if (words[0] is "COPY" or "ADD")
            {
                words[1..^1].ToList().ForEach(Add);
            }
        }
    }

    private void Add(string source) =>
        AddClean(string.Join('/', source.Split('/').Where(part => part is not ("" or "."))));

    private void AddClean(string source)
    {
        if (!sources.Contains(source))
        {
            sources.Add(source);
        }
    }

    private void Follow(string source, string link, string target)
    {
        var parts = link.Count(c => c == '/') + 1;
        if (
            !Beginnings(source).Append(source).Any(beginning => Matches(beginning, link))
            || Folders(link).Any(folder => Matches(source, folder))
        )
        {
            return;
        }

        var root = new Uri("file:///");
        var to = Uri.UnescapeDataString(
            new Uri(new Uri(root, Uri.EscapeDataString(link).Replace("%2F", "/")), target).AbsolutePath
        );
        var rest = string.Join('/', source.Split('/').Skip(parts));
        AddClean($"{to.Trim('/')}/{rest}".Trim('/'));
    }

    /// <summary>For a/b/c: a and a/b.</summary>
    private static IEnumerable<string> Folders(string path) =>
        Enumerable.Range(1, path.Split('/').Length - 1).Select(count => string.Join('/', path.Split('/').Take(count)));

    private static IEnumerable<string> Beginnings(string source) => Folders(source);

    private static bool Matches(string source, string path) =>
        Regex.IsMatch(
            path,
            "^"
                + string.Concat(
                    source.Select(c =>
                        c switch
                        {
                            '.' => @"\.",
                            '*' => "[^/]*",
                            '?' => "[^/]",
                            _ => c.ToString(),
                        }
                    )
                )
                + "$",
            RegexOptions.None,
            TimeSpan.FromMinutes(1)
        );
}

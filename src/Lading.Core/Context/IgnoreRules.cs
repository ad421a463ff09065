using System.Text;

namespace Lading.Context;

/// <summary>An ignore file (<c>.dockerignore</c>): which paths of a build context it excludes, by Docker's rules.</summary>
internal sealed class IgnoreRules
{
    private readonly IgnorePattern[] patterns;
    private readonly bool hasExceptions;

    private IgnoreRules(IgnorePattern[] patterns)
    {
        this.patterns = patterns;
        hasExceptions = Array.Exists(patterns, pattern => pattern.IsException);
    }

    /// <summary>Excludes nothing.</summary>
    public static IgnoreRules None { get; } = new([]);

    public bool IsEmpty => patterns.Length == 0;

    /// <summary>Parses an ignore file: comments, blank lines, a byte order mark, <c>!</c>, leading <c>/</c>, <c>.</c> and <c>..</c>.</summary>
    /// <exception cref="FormatException">A line is not a pattern; the message has the line.</exception>
    public static IgnoreRules Parse(ReadOnlySpan<byte> file)
    {
        var text = Encoding.UTF8.GetString(file.StartsWith("\uFEFF"u8) ? file[3..] : file);
        var read = new List<IgnorePattern>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            try
            {
                if (ParseLine(line) is { } pattern)
                {
                    read.Add(pattern);
                }
            }
            catch (FormatException e)
            {
                throw new FormatException($"line {number}: {e.Message}", e);
            }
        }

        return new IgnoreRules([.. read]);
    }

    /// <summary>Starts matching; a matcher caches its results for folders.</summary>
    public Matcher CreateMatcher() => new(this);

    private static IgnorePattern? ParseLine(string line)
    {
        // Comments are recognized before spaces are trimmed: " #x" is a pattern.
        if (line.StartsWith('#'))
        {
            return null;
        }

        var pattern = line.Trim();
        if (pattern.Length == 0)
        {
            return null;
        }

        var isException = pattern[0] == '!';
        if (isException)
        {
            pattern = pattern[1..].Trim();
            if (pattern.Length == 0)
            {
                throw new FormatException("'!' alone is not a pattern.");
            }
        }

        var cleaned = CleanPath.Of(pattern);
        return IgnorePattern.Parse(cleaned.Length > 1 && cleaned[0] == '/' ? cleaned[1..] : cleaned, isException);
    }

    /// <summary>Matches many paths of one context. Not thread-safe.</summary>
    public sealed class Matcher
    {
        private readonly IgnoreRules rules;
        private readonly Dictionary<string, Answer> folders = new(StringComparer.Ordinal);
        private string? latest;
        private Answer? latestAnswer;

        internal Matcher(IgnoreRules rules) => this.rules = rules;

        /// <summary>Whether a file (its path within the context, with <c>/</c>) is excluded.</summary>
        public bool IsIgnored(ReadOnlySpan<char> path)
        {
            if (rules.IsEmpty)
            {
                return false;
            }

            var parent = Folder(path);
            return parent is { IsIgnored: true } && !rules.hasExceptions || rules.Decide(path, parent?.Matched, null);
        }

        /// <summary>True for a folder (its path within the context) in which every file is excluded.</summary>
        public bool ExcludesAllOf(string folder) => !rules.hasExceptions && Of(folder).IsIgnored;

        private Answer? Folder(ReadOnlySpan<char> path)
        {
            var slash = path.LastIndexOf('/');
            if (slash < 0)
            {
                return null;
            }

            // Paths are grouped by folder.
            if (latest is null || !path[..slash].SequenceEqual(latest))
            {
                latest = path[..slash].ToString();
                latestAnswer = Of(latest);
            }

            return latestAnswer;
        }

        private Answer Of(string folder)
        {
            if (folders.TryGetValue(folder, out var known))
            {
                return known;
            }

            var slash = folder.LastIndexOf('/');
            var above = slash < 0 ? null : Of(folder[..slash]);
            var matched = new bool[rules.patterns.Length];
            var answer = new Answer(rules.Decide(folder, above?.Matched, matched), matched);
            folders.Add(folder, answer);
            return answer;
        }

        private sealed record Answer(bool IsIgnored, bool[] Matched);
    }

    /// <summary>
    /// Docker's decision: later lines win, and a pattern that matched a folder matches its contents. A pattern is only tried if it
    /// would change the outcome, and one that was not tried does not count as matched further down, exactly as in BuildKit.
    /// </summary>
    private bool Decide(ReadOnlySpan<char> path, bool[]? parent, bool[]? matched)
    {
        var isIgnored = false;
        for (var i = 0; i < patterns.Length; i++)
        {
            var isMatch = parent is not null && parent[i];
            if (!isMatch)
            {
                if (patterns[i].IsException != isIgnored)
                {
                    continue;
                }

                isMatch = patterns[i].Matches(path);
            }

            if (matched is not null)
            {
                matched[i] = isMatch;
            }

            if (isMatch)
            {
                isIgnored = !patterns[i].IsException;
            }
        }

        return isIgnored;
    }
}

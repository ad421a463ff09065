using System.CommandLine;

namespace Lading.Cli.Commands.Completion;

/// <summary>
/// An incomplete command line: the words before the cursor determine the candidates for the one at the cursor.
/// </summary>
internal sealed class CompletedLine
{
    private readonly List<Command> path;
    private readonly HashSet<Option> given = [];
    private readonly string current;
    private int positions;
    private Option? pending;
    private bool isAfterDashes;

    private CompletedLine(Command root, string current)
    {
        path = [root];
        this.current = current;
    }

    /// <summary>The value of <c>--directory</c>; null if it is not given.</summary>
    public string? Folder { get; private set; }

    /// <summary>Whether the shell completes paths.</summary>
    public bool WantsFiles =>
        isAfterDashes ? Verb.Name == "run"
        : ValueOption is { } option ? CandidateValues.IsPath(option)
        : !current.StartsWith('-') && Argument is { } argument && CandidateValues.IsPath(Verb, argument);

    private Command Verb => path[^1];

    /// <summary>The option whose value is at the cursor.</summary>
    private Option? ValueOption =>
        pending ?? (current.StartsWith('-') && current.Contains('=') ? Find(current[..current.IndexOf('=')]) : null);

    /// <summary>The argument at the cursor.</summary>
    private Argument? Argument =>
        Verb.Arguments.Count == 0 ? null
        : positions < Verb.Arguments.Count ? Verb.Arguments[positions]
        : Verb.Arguments[^1].Arity.MaximumNumberOfValues > 1 ? Verb.Arguments[^1]
        : null;

    private IEnumerable<Option> Options =>
        Verb.Options.Concat(path.SkipLast(1).SelectMany(each => each.Options.Where(option => option.Recursive)));

    /// <summary>Parses the words before the cursor.</summary>
    /// <param name="root">All verbs.</param>
    /// <param name="words">The words after the program's name.</param>
    /// <param name="current">The incomplete word at the cursor.</param>
    public static CompletedLine Of(Command root, IReadOnlyList<string> words, string current)
    {
        var line = new CompletedLine(root, current);
        foreach (var word in words)
        {
            line.Read(word);
        }

        return line;
    }

    /// <summary>The candidates at the cursor.</summary>
    public IEnumerable<Candidate> Candidates(CandidateValues values)
    {
        if (isAfterDashes)
        {
            return [];
        }

        if (ValueOption is { } option)
        {
            var before = pending is null ? current[..(current.IndexOf('=') + 1)] : "";
            return Matching(values.Of(option).Select(each => each with { Text = before + each.Text }));
        }

        return Matching(
            current.StartsWith('-')
                ? Options.Where(each => !each.Hidden && !given.Contains(each)).Select(Of)
                :
                [
                    .. Verb.Subcommands.Where(each => !each.Hidden && positions == 0).Select(Of),
                    .. Argument is { } argument ? values.Of(Verb, path, argument) : [],
                ]
        );
    }

    private static Candidate Of(Symbol symbol) => new(symbol.Name, FirstSentence(symbol.Description));

    /// <summary>The first clause of a description.</summary>
    private static string FirstSentence(string? description)
    {
        var text = description ?? "";
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }

    private IEnumerable<Candidate> Matching(IEnumerable<Candidate> candidates) =>
        candidates.Where(each => each.Text.StartsWith(current, StringComparison.Ordinal));

    private void Read(string word)
    {
        if (isAfterDashes)
        {
            return;
        }

        if (pending is { } option)
        {
            pending = null;
            ReadValue(option, word);
        }
        else if (word == "--")
        {
            isAfterDashes = true;
        }
        else if (word.StartsWith('-'))
        {
            var end = word.IndexOf('=');
            if (Find(end < 0 ? word : word[..end]) is not { } found)
            {
                return;
            }

            given.Add(found);
            if (end >= 0)
            {
                ReadValue(found, word[(end + 1)..]);
            }
            else
            {
                pending = found.ValueType == typeof(bool) || found.Arity.MaximumNumberOfValues == 0 ? null : found;
            }
        }
        else if (positions == 0 && Verb.Subcommands.FirstOrDefault(each => each.Name == word) is { } verb)
        {
            path.Add(verb);
        }
        else
        {
            positions++;
        }
    }

    private void ReadValue(Option option, string value) => Folder = option == GlobalOptions.Directory ? value : Folder;

    private Option? Find(string name) =>
        Options.FirstOrDefault(each => each.Name == name || each.Aliases.Contains(name));
}

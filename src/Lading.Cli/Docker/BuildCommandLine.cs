namespace Lading.Cli.Docker;

/// <summary>The words after <c>docker build</c>, parsed as Docker does (Go's pflag): options anywhere, then the rest.</summary>
/// <param name="Options">The options in the order given; a switch has the value <c>true</c> unless another is
/// given.</param>
/// <param name="Rest">The words that are not options: the context.</param>
internal sealed record BuildCommandLine(
    IReadOnlyList<(BuildOption Option, string Value)> Options,
    IReadOnlyList<string> Rest
)
{
    /// <summary>Parses the words.</summary>
    /// <exception cref="LadingException">An option is unknown, or its value is missing.</exception>
    public static BuildCommandLine Read(IReadOnlyList<string> words)
    {
        var options = new List<(BuildOption, string)>();
        var rest = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word == "--")
            {
                rest.AddRange(words.Skip(i + 1));
                break;
            }

            if (word.Length < 2 || word[0] != '-')
            {
                rest.Add(word);
            }
            else if (word[1] == '-')
            {
                var equals = word.IndexOf('=', StringComparison.Ordinal);
                var option = Get(equals < 0 ? word : word[..equals]);
                options.Add((option, equals >= 0 ? word[(equals + 1)..] : ValueOf(option, words, ref i)));
            }
            else
            {
                ReadLetters(words, ref i, options);
            }
        }

        return new BuildCommandLine(options, rest);
    }

    /// <summary>
    /// Parses short options (<c>-qt name</c>, <c>-tname</c>, <c>-t=name</c>): switches may be combined, and the last
    /// option may have a value.
    /// </summary>
    private static void ReadLetters(IReadOnlyList<string> words, ref int i, List<(BuildOption, string)> options)
    {
        var word = words[i];
        for (var at = 1; at < word.Length; at++)
        {
            var option = Get($"-{word[at]}");
            if (!option.TakesValue)
            {
                options.Add((option, "true"));
                continue;
            }

            var joined = word[(at + 1)..];
            options.Add(
                (option, joined.Length == 0 ? ValueOf(option, words, ref i) : joined[(joined[0] == '=' ? 1 : 0)..])
            );
            return;
        }
    }

    private static string ValueOf(BuildOption option, IReadOnlyList<string> words, ref int i) =>
        !option.TakesValue ? "true"
        : ++i < words.Count ? words[i]
        : throw Wrong(option.Name, "its value is missing");

    private static BuildOption Get(string word) =>
        BuildOptions.Find(word)
        ?? throw Wrong(word, "neither 'docker build' nor 'docker buildx build' is known to have it");

    /// <summary>The error for an option that is not supported.</summary>
    public static LadingException Wrong(string option, string why) =>
        LadingException.Usage(
            $"Could not build with {option}",
            why,
            "Leave it out, or build this image without lading-docker: leave CDK_DOCKER out."
        );
}

namespace Lading.Context.Dockerfiles;

/// <summary>An instruction of a Dockerfile, its continued lines joined.</summary>
/// <param name="Keyword">In upper case: <c>COPY</c>.</param>
/// <param name="Flags">What begins with <c>--</c> before the arguments, unquoted: <c>--from=build</c>.</param>
/// <param name="Arguments">The rest of the line, as written.</param>
/// <param name="Heredocs">The documents that follow the line.</param>
/// <param name="Line">The line that it begins on, from 1.</param>
internal sealed record Instruction(
    string Keyword,
    IReadOnlyList<string> Flags,
    string Arguments,
    IReadOnlyList<Heredoc> Heredocs,
    int Line
)
{
    /// <summary>The values of a flag: of <c>--from=build</c> it is <c>build</c>; without <c>=</c> empty.</summary>
    public IEnumerable<string> FlagValues(string name) =>
        Flags
            .Where(flag =>
                flag.AsSpan(2).StartsWith(name) && (flag.Length == name.Length + 2 || flag[name.Length + 2] == '=')
            )
            .Select(flag => flag[Math.Min(flag.Length, name.Length + 3)..]);

    /// <summary>Of <c>ONBUILD</c> the instruction that is kept for images built on this one.</summary>
    public Instruction Triggered()
    {
        var words = Arguments.Split([' ', '\t'], 2, StringSplitOptions.TrimEntries);
        var flags = new List<string>();
        var rest = BuilderFlags.Split(words.Length > 1 ? words[1] : "", flags);
        return this with { Keyword = words[0].ToUpperInvariant(), Flags = flags, Arguments = rest };
    }
}

/// <summary>A document within a Dockerfile: <c>&lt;&lt;EOF</c> and the lines until <c>EOF</c>.</summary>
/// <param name="Name">The word that ends it.</param>
/// <param name="IsChomped">True for <c>&lt;&lt;-</c>: tabs that begin a line do not count.</param>
/// <param name="IsExpanded">False if the word was quoted.</param>
/// <param name="Content">Its lines.</param>
internal sealed record Heredoc(string Name, bool IsChomped, bool IsExpanded, string Content);

namespace Lading.Context.Dockerfiles;

/// <summary>An instruction of a Dockerfile, with continued lines joined.</summary>
/// <param name="Keyword">In upper case: <c>COPY</c>.</param>
/// <param name="Flags">The flags before the arguments, unquoted: <c>--from=build</c>.</param>
/// <param name="Arguments">The rest of the line, as written.</param>
/// <param name="HasHeredocs">Whether documents follow the line: <c>&lt;&lt;EOF</c> and the lines until <c>EOF</c>.</param>
/// <param name="Line">The line that it begins on, from 1.</param>
internal sealed record Instruction(
    string Keyword,
    IReadOnlyList<string> Flags,
    string Arguments,
    bool HasHeredocs,
    int Line
)
{
    /// <summary>The values of a flag: <c>build</c> for <c>--from=build</c>; empty without <c>=</c>.</summary>
    public IEnumerable<string> FlagValues(string name) =>
        Flags
            .Where(flag =>
                flag.AsSpan(2).StartsWith(name) && (flag.Length == name.Length + 2 || flag[name.Length + 2] == '=')
            )
            .Select(flag => flag[Math.Min(flag.Length, name.Length + 3)..]);

    /// <summary>For <c>ONBUILD</c>, the instruction that runs in images based on this one.</summary>
    public Instruction Triggered()
    {
        var words = Arguments.Split([' ', '\t'], 2, StringSplitOptions.TrimEntries);
        var flags = new List<string>();
        var rest = BuilderFlags.Split(words.Length > 1 ? words[1] : "", flags);
        return this with { Keyword = words[0].ToUpperInvariant(), Flags = flags, Arguments = rest };
    }
}

using System.Text.RegularExpressions;
using Lading.Oci;

namespace Lading.Context.Dockerfiles;

/// <summary>A probable mistake in a Dockerfile, given the image's entry in <c>lading.json</c>.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Argument">An argument of <c>FROM</c> without a value; null for another mistake.</param>
/// <param name="From">A value of <c>--from</c> that is not a stage; null for another mistake.</param>
internal sealed partial record DockerfileWarning(int Line, string? Argument, string? From)
{
    /// <summary>Finds probable mistakes in the stages that a target reaches.</summary>
    public static IReadOnlyList<DockerfileWarning> In(
        Dockerfile dockerfile,
        string? target,
        IReadOnlyDictionary<string, string> args,
        IReadOnlyList<Platform> platforms,
        IReadOnlyDictionary<string, string> contexts,
        IEnumerable<string> pinned
    )
    {
        if (dockerfile.Stages.Count == 0 || platforms.Count == 0)
        {
            return [];
        }

        var values = GlobalArguments.Of(dockerfile, target, args, platforms[0]);
        var reach = StageGraph.From(dockerfile, dockerfile.GetTarget(target), values, contexts);
        var reached = reach.Stages.Select(index => dockerfile.Stages[index]).ToList();
        return
        [
            .. reached.SelectMany(stage =>
                VariablesIn(stage.From)
                    .Where(name => values.GetValueOrDefault(name, Substitution.Unset) is { IsKnown: true, Text: "" })
                    .Select(name => new DockerfileWarning(stage.Line, name, null))
            ),
            .. reached
                .SelectMany(stage => stage.Instructions)
                .Where(instruction => instruction.Keyword == "COPY")
                .SelectMany(copy => copy.FlagValues("from").Select(name => (copy.Line, Name: name)))
                .Where(each => reach.References.ContainsKey(each.Name) && PlainName().IsMatch(each.Name))
                .Where(each => !pinned.Contains(each.Name, StringComparer.Ordinal))
                .Select(each => new DockerfileWarning(each.Line, null, each.Name)),
        ];
    }

    /// <summary>The variables in a word that have no default there.</summary>
    public static IEnumerable<string> VariablesIn(string word) =>
        Variable().Matches(word).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(
        @"\$(\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}|(?<name>[A-Za-z_][A-Za-z0-9_]*))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Variable();

    /// <summary>A name without registry, path, tag or digest, like that of a stage.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex PlainName();
}

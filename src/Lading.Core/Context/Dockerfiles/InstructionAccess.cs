using System.Collections.ObjectModel;
using System.Text.RegularExpressions;

namespace Lading.Context.Dockerfiles;

/// <summary>What one instruction can read from the context.</summary>
/// <param name="Paths">Clean paths below the context's root, possibly with wildcards.</param>
/// <param name="Reason">Why it reads or may read everything, as a phrase after the keyword.</param>
/// <param name="ReadsAll">True if it certainly reads everything.</param>
internal sealed partial record InstructionAccess(
    IReadOnlyList<string> Paths,
    string? Reason = null,
    bool ReadsAll = false
)
{
    private static readonly string[] CopyFlags = ["from", "chown", "chmod", "link", "parents", "exclude"];
    private static readonly string[] AddFlags =
    [
        "chown",
        "chmod",
        "link",
        "checksum",
        "keep-git-dir",
        "exclude",
        "unpack",
    ];
    private static readonly string[] RunFlags = ["mount", "network", "security", "device"];
    private static readonly string[] OtherMounts = ["cache", "tmpfs", "secret", "ssh"];

    /// <summary>Instructions that read nothing. <c>ARG</c> and <c>ENV</c> are here for <c>ONBUILD</c>.</summary>
    private static readonly string[] WithoutAccess =
    [
        "ARG",
        "CMD",
        "ENTRYPOINT",
        "ENV",
        "EXPOSE",
        "HEALTHCHECK",
        "LABEL",
        "MAINTAINER",
        "SHELL",
        "STOPSIGNAL",
        "USER",
        "VOLUME",
        "WORKDIR",
    ];

    private static InstructionAccess Nothing { get; } = new([]);

    /// <summary>The argument without a value in a path, by the path.</summary>
    public IReadOnlyDictionary<string, string> Unset { get; private init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <exception cref="FormatException">A quote or a brace does not end.</exception>
    public static InstructionAccess Of(Instruction instruction, char escape, StageVariables variables) =>
        instruction.Keyword switch
        {
            "COPY" => OfCopy(instruction, CopyFlags, escape, variables),
            "ADD" => OfCopy(instruction, AddFlags, escape, variables),
            "RUN" => OfRun(instruction),
            _ when WithoutAccess.Contains(instruction.Keyword, StringComparer.Ordinal) => Nothing,
            _ => Unsure("is not a known instruction"),
        };

    private static InstructionAccess OfCopy(
        Instruction copy,
        IReadOnlyList<string> known,
        char escape,
        StageVariables variables
    )
    {
        if (FindUnknownFlag(copy, known) is { } flag)
        {
            return Unsure($"{flag} is not known");
        }

        var from = copy.FlagValues("from").LastOrDefault() ?? "";
        if (from.Contains('$', StringComparison.Ordinal))
        {
            return Unsure($"--from={from}: what it copies from is known to the engine only");
        }

        if (from.Length > 0)
        {
            return Nothing;
        }

        if (ExecForm.HasMore(copy.Arguments))
        {
            return Unsure("has more behind a JSON list: engines differ about what it is then");
        }

        var words = ExecForm.Find(copy.Arguments) ?? Blanks().Split(copy.Arguments);
        var paths = new List<string>();
        var unset = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words.Take(words.Count - 1).Where(word => !IsElsewhere(copy, word)))
        {
            if (PathOf(word, escape, variables, out var reason) is not { } path)
            {
                return Unsure(reason);
            }

            if (path.Length == 0)
            {
                return new InstructionAccess([], $"{word} reads all of it", ReadsAll: true);
            }

            paths.Add(path);
            if (DockerfileWarning.VariablesIn(word).FirstOrDefault(variables.IsUnsetArgument) is { } name)
            {
                unset[path] = name;
            }
        }

        return new InstructionAccess(paths) { Unset = unset };
    }

    /// <summary>
    /// Whether a source is a heredoc or a URL rather than a path; a variable after its beginning does not matter.
    /// </summary>
    private static bool IsElsewhere(Instruction copy, string word) =>
        (copy.HasHeredocs && word.StartsWith("<<", StringComparison.Ordinal))
        || (
            copy.Keyword == "ADD"
            && (
                word.StartsWith("http://", StringComparison.Ordinal)
                || word.StartsWith("https://", StringComparison.Ordinal)
            )
        );

    /// <returns>A clean path; empty for the context's root; null if only the engine knows.</returns>
    private static string? PathOf(string word, char escape, StageVariables variables, out string reason)
    {
        reason = "";
        if (word.Contains(escape, StringComparison.Ordinal))
        {
            reason = $"{word}: engines differ about escapes in paths";
            return null;
        }

        var value = variables.Apply(word);
        if (!value.IsKnown)
        {
            reason = $"{word}: the value of its variables is not known, since a base may set them";
            return null;
        }

        return Clean(value.Text, word, out reason);
    }

    private static string? Clean(string path, string word, out string reason)
    {
        reason =
            path.Contains('\\', StringComparison.Ordinal) ? $"{word}: engines differ about escapes in paths"
            : path.Split('/').Contains("..", StringComparer.Ordinal) ? $"{word}: engines differ about .. in paths"
            : "";
        return reason.Length > 0 ? null : CleanPath.Of("/" + path)[1..];
    }

    private static InstructionAccess OfRun(Instruction run)
    {
        if (FindUnknownFlag(run, RunFlags) is { } flag)
        {
            return Unsure($"{flag} is not known");
        }

        var paths = new List<string>();
        foreach (var mount in run.FlagValues("mount"))
        {
            var options = new MountOptions(mount);
            if (options.Type != "bind" && OtherMounts.Contains(options.Type, StringComparer.Ordinal))
            {
                continue;
            }

            if (options.Type != "bind" || mount.AsSpan().IndexOfAny('$', '"') >= 0)
            {
                return Unsure($"--mount={mount}: what it mounts is known to the engine only");
            }

            if (options.From.Length > 0)
            {
                continue;
            }

            if (Clean(options.Source, options.Source, out var reason) is not { } path)
            {
                return Unsure(reason);
            }

            if (path.Length == 0)
            {
                return new InstructionAccess([], $"--mount={mount} reads all of it", ReadsAll: true);
            }

            // It is a literal path: wildcard characters are part of the name here.
            if (path.AsSpan().IndexOfAny("*?[") >= 0)
            {
                return Unsure($"--mount={mount}: engines differ about wildcards in it");
            }

            paths.Add(path);
        }

        return new InstructionAccess(paths);
    }

    private static string? FindUnknownFlag(Instruction instruction, IReadOnlyList<string> known) =>
        instruction.Flags.FirstOrDefault(flag => !known.Contains(flag[2..].Split('=')[0], StringComparer.Ordinal));

    private static InstructionAccess Unsure(string reason) => new([], reason);

    [GeneratedRegex(@"[\t\v\f\r ]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Blanks();
}

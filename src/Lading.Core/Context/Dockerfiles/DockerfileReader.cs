using System.Text;

namespace Lading.Context.Dockerfiles;

/// <summary>Reads Dockerfiles: instructions of stages, with directives, continuations, comments and heredocs.</summary>
internal static class DockerfileReader
{
    /// <summary>Parses a Dockerfile. Which instructions exist, and what their arguments mean, is left to the engine.</summary>
    /// <exception cref="FormatException">It is not a Dockerfile; the message has the line.</exception>
    public static Dockerfile Parse(ReadOnlySpan<byte> file)
    {
        var lines = new LogicalLines(Encoding.UTF8.GetString(file.StartsWith("\uFEFF"u8) ? file[3..] : file));
        try
        {
            return Group(lines);
        }
        catch (FormatException) when (lines.Syntax is not null && !IsDockerFrontend(lines.Syntax))
        {
            // Another frontend reads the file, in its own language.
            return new Dockerfile(lines.Syntax, lines.Escape, [], []);
        }
    }

    private static Dockerfile Group(LogicalLines lines)
    {
        var arguments = new List<Instruction>();
        var stages = new List<Stage>();
        var instructions = arguments;
        foreach (var instruction in lines.Read())
        {
            if (instruction.Keyword == "FROM")
            {
                instructions = [];
                stages.Add(ParseFrom(instruction, stages.Count, instructions));
                continue;
            }

            if (stages.Count == 0 && instruction.Keyword != "ARG")
            {
                throw new FormatException(
                    $"line {instruction.Line}: {instruction.Keyword} comes before the first FROM"
                );
            }

            instructions.Add(instruction);
        }

        return stages.Count > 0
            ? new Dockerfile(lines.Syntax, lines.Escape, arguments, stages)
            : throw new FormatException("it has no FROM");
    }

    private static Stage ParseFrom(Instruction from, int index, List<Instruction> instructions)
    {
        var words = from.Arguments.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var hasName = words.Length == 3 && words[1].Equals("AS", StringComparison.OrdinalIgnoreCase);
        if (words.Length != 1 && !hasName)
        {
            throw new FormatException($"line {from.Line}: FROM takes an image, or an image AS a name");
        }

        return new Stage(
            index,
            hasName ? words[2].ToLowerInvariant() : null,
            words[0],
            from.FlagValues("platform").LastOrDefault(),
            instructions,
            from.Line
        );
    }

    /// <summary>Whether a frontend is Docker's own, wherever it is mirrored.</summary>
    public static bool IsDockerFrontend(string syntax)
    {
        var name = syntax.Split('@')[0];
        return name.StartsWith("docker/dockerfile", StringComparison.Ordinal)
            || name.Contains("/docker/dockerfile", StringComparison.Ordinal);
    }
}

namespace Lading.Context.Dockerfiles;

/// <summary>A Dockerfile, parsed as BuildKit does (Dockerfile reference; BuildKit frontend/dockerfile/parser).</summary>
/// <param name="Syntax">The image of the frontend in <c># syntax=</c>; null if there is none.</param>
/// <param name="Escape">The character in <c># escape=</c>, otherwise a backslash.</param>
/// <param name="Arguments">Each <c>ARG</c> before the first <c>FROM</c>.</param>
/// <param name="Stages">In the order of the file; empty if a frontend other than Docker's reads a file that is not a Dockerfile.</param>
internal sealed record Dockerfile(
    string? Syntax,
    char Escape,
    IReadOnlyList<Instruction> Arguments,
    IReadOnlyList<Stage> Stages
)
{
    /// <summary>The stage of a target, by name or by number; the last one for null.</summary>
    /// <exception cref="FormatException">There is no such stage.</exception>
    public Stage GetTarget(string? target)
    {
        if (target is null && Stages.Count > 0)
        {
            return Stages[^1];
        }

        return Stages.LastOrDefault(stage =>
                string.Equals(stage.Name, target, StringComparison.OrdinalIgnoreCase) && target is not null
            )
            ?? FindByNumber(target)
            ?? throw new FormatException(
                Stages.Count == 0
                    ? "it has no stages"
                    : $"it has no stage {target}; its stages are {string.Join(", ", Stages.Select(stage => stage.Name ?? $"{stage.Index}"))}"
            );
    }

    /// <summary>A stage by number; null if the text is not the number of a stage.</summary>
    public Stage? FindByNumber(string? text) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, null, out var index) && index < Stages.Count
            ? Stages[index]
            : null;
}

namespace Lading.Context.Dockerfiles;

/// <summary>Something that an instruction reads from the context.</summary>
/// <param name="Line">The line of the instruction, from 1.</param>
/// <param name="Keyword"><c>COPY</c>, <c>ADD</c> or <c>RUN</c>.</param>
/// <param name="Path">A clean path, possibly with wildcards; <c>.</c> for the whole context.</param>
internal sealed record ContextAccess(int Line, string Keyword, string Path)
{
    /// <summary>An argument in the path that has no value; null if there is none.</summary>
    public string? Unset { get; init; }

    public bool IsWhole => Path == ".";

    public bool HasWildcard => Path.AsSpan().IndexOfAny("*?[") >= 0;
}

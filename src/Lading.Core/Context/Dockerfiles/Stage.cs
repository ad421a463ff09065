namespace Lading.Context.Dockerfiles;

/// <summary>A stage: <c>FROM</c> and what follows it.</summary>
/// <param name="Index">Its number, from 0, which <c>COPY --from</c> may use.</param>
/// <param name="Name">The name after <c>AS</c>, in lower case; null if it has none.</param>
/// <param name="From">An image, an earlier stage or <c>scratch</c>, as written, with variables.</param>
/// <param name="Platform">The value of <c>--platform</c>, as written; null if it has none.</param>
/// <param name="Instructions">The instructions after <c>FROM</c>.</param>
/// <param name="Line">The line of its <c>FROM</c>, from 1.</param>
internal sealed record Stage(
    int Index,
    string? Name,
    string From,
    string? Platform,
    IReadOnlyList<Instruction> Instructions,
    int Line
)
{
    /// <summary>Whether a name refers to this stage; case does not matter.</summary>
    public bool IsNamed(string? name) =>
        name is not null && string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}

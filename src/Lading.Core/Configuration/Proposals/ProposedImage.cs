namespace Lading.Configuration.Proposals;

/// <summary>An image that a Dockerfile could become.</summary>
/// <param name="Name">Its name in <c>lading.json</c>.</param>
/// <param name="Dockerfile">From the top of the repository.</param>
/// <param name="Context">The folder of its build context, from the top of the repository; empty for the top.</param>
/// <param name="Targets">The names of its stages.</param>
internal sealed record ProposedImage(string Name, string Dockerfile, string Context, IReadOnlyList<string> Targets)
{
    /// <summary>The file that says what the context is; null if none does.</summary>
    public string? ContextSource { get; init; }

    /// <summary>True if the context is the likeliest, and nothing makes it certain.</summary>
    public bool IsGuessed { get; init; }

    /// <summary>Folders that are named build contexts, from the top of the repository, by their names.</summary>
    public IReadOnlyDictionary<string, string> Contexts { get; init; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal);
}

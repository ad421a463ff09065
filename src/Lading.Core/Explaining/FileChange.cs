using Lading.Provenance;

namespace Lading.Explaining;

/// <summary>A file in which the inputs of an image differ.</summary>
/// <param name="FullPath">From the top of the repository.</param>
/// <param name="Before">Null if it was added.</param>
/// <param name="After">Null if it was removed.</param>
internal sealed record FileChange(string FullPath, FileRecord? Before, FileRecord? After)
{
    /// <summary>True for a Dockerfile that is none of the files.</summary>
    public bool IsDockerfile { get; init; }

    /// <summary><c>A</c>, <c>D</c> or <c>M</c>.</summary>
    public char Kind =>
        IsDockerfile ? 'M'
        : Before is null ? 'A'
        : After is null ? 'D'
        : 'M';

    /// <summary>True if nothing but what the file is (executable, a link) differs.</summary>
    public bool IsModeOnly => Before is { } before && After is { } after && before.Id == after.Id;
}

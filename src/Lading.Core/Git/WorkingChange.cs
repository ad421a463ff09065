namespace Lading.Git;

/// <summary>A difference between <c>HEAD</c> and the working tree.</summary>
/// <param name="Kind"><c>M</c> changed, <c>A</c> added, <c>D</c> deleted, <c>T</c> another type, <c>U</c> in conflict, <c>?</c> not tracked.</param>
/// <param name="Path">From the top of the working tree.</param>
internal sealed record WorkingChange(char Kind, string Path)
{
    /// <summary>True for a submodule in whose own working tree something is uncommitted.</summary>
    public bool IsOpen { get; init; }

    /// <summary>True for a submodule that is at the commit which <c>HEAD</c> names, so that this is all that differs.</summary>
    public bool HasCommit { get; init; }
}

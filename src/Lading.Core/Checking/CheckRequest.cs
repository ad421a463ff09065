using Lading.Checking.Templates;
using Lading.Fingerprints;

namespace Lading.Checking;

/// <summary>What is to be checked.</summary>
/// <param name="Stacks">The stacks whose templates are checked; null if the lock alone is, which then has to be there.</param>
internal sealed record CheckRequest(IReadOnlyList<SynthesizedStack>? Stacks)
{
    /// <summary>The lock, absolute, where the user named one; null for the environment's own.</summary>
    public string? Lock { get; init; }

    /// <summary>Whether the user named the environment.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Whether images are accepted that a stack was rolled back from.</summary>
    public bool Redeploys { get; init; }

    /// <summary>What the lock is to be that of.</summary>
    public SnapshotRequest Source { get; init; } = new([], "HEAD");

    /// <summary>A check of all stacks of an assembly.</summary>
    /// <param name="folder">The folder that <c>cdk synth</c> writes; null for a check of the lock alone.</param>
    /// <param name="stateFolder">The user's folder of state; null if no identity is taken from what is remembered.</param>
    /// <exception cref="LadingException">The folder is not an assembly.</exception>
    public static CheckRequest OfAssembly(string? folder, string? stateFolder = null) =>
        new(folder is null ? null : CloudAssembly.Read(folder).Stacks)
        {
            Source = new SnapshotRequest([], "HEAD") { StateFolder = stateFolder },
        };
}

using Lading.Context;
using Lading.Fingerprints.Remembered;

namespace Lading.Fingerprints;

/// <summary>Which paths of a repository are inputs of an image, whether a file is there or not: so that a change can be told to touch it.</summary>
/// <param name="Files">Single files that count: Dockerfile and ignore files, from the top of the repository.</param>
/// <param name="Folders">Folders whose files count, but for those that rules keep out.</param>
internal sealed record ImageScope(IReadOnlyList<string> Files, IReadOnlyList<FolderScope> Folders)
{
    /// <summary>Whether a path (from the top of the repository) is an input.</summary>
    public bool Covers(string path) => Files.Contains(path, StringComparer.Ordinal) || Folders.Any(f => f.Covers(path));
}

/// <summary>The inputs of an image, and the paths they are found at.</summary>
internal sealed record ScopedInputs(ImageInputs Inputs, ImageScope Scope)
{
    /// <summary>All that the inputs follow from; null if that is not known for certain, or nothing is remembered.</summary>
    public IdentityTrace? Trace { get; init; }

    /// <summary>What the inputs were by the rules of an older version, where those differ and could be read.</summary>
    public ImageInputs? Earlier { get; init; }
}

using Lading.Context;
using Lading.Fingerprints.Remembered;

namespace Lading.Fingerprints;

/// <summary>Which paths of a repository are inputs of an image, existing or not: it decides whether a change affects the image.</summary>
/// <param name="Files">Single files: Dockerfile and ignore files, from the top of the repository.</param>
/// <param name="Folders">Folders whose files count, except those that rules exclude.</param>
internal sealed record ImageScope(IReadOnlyList<string> Files, IReadOnlyList<FolderScope> Folders)
{
    /// <summary>Whether a path (from the top of the repository) is an input.</summary>
    public bool Covers(string path) => Files.Contains(path, StringComparer.Ordinal) || Folders.Any(f => f.Covers(path));
}

/// <summary>The inputs of an image, and their paths.</summary>
internal sealed record ScopedInputs(ImageInputs Inputs, ImageScope Scope)
{
    /// <summary>Everything the inputs depend on; null if that is uncertain, or nothing is remembered.</summary>
    public IdentityTrace? Trace { get; init; }

    /// <summary>The inputs by older rules, if those differ and could be read.</summary>
    public ImageInputs? Earlier { get; init; }
}

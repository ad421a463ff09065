using Lading.Oci;

namespace Lading.Checking;

/// <summary>What the registry has of an image.</summary>
internal sealed record ImageEvidence
{
    /// <summary>The image that its digest or tag refers to; null if there is none.</summary>
    public FoundImage? Found { get; init; }

    /// <summary>The image under the source tag of the lock's entry; null if there is none, or no entry.</summary>
    public FoundImage? SourceTag { get; init; }

    /// <summary>The platforms it has; null if they could not be read, or it does not exist.</summary>
    public IReadOnlyList<Platform>? Platforms { get; init; }

    /// <summary>The manifest for each of <see cref="Platforms"/>, if the image is an index; otherwise empty.</summary>
    public IReadOnlyDictionary<Platform, Digest> Manifests { get; init; } =
        System.Collections.ObjectModel.ReadOnlyDictionary<Platform, Digest>.Empty;

    /// <summary>Whether its tag is immutable; null if unknown, or it is not referred to by tag.</summary>
    public bool? TagIsImmutable { get; init; }

    /// <summary>
    /// The registry's command that restores an archived image or makes a mutable tag immutable; null if there is none.
    /// </summary>
    public string? Remedy { get; init; }

    /// <summary>Whether the environment that this one promotes from has it; false if unknown.</summary>
    public bool IsInOrigin { get; init; }

    /// <summary>Why the registry could not be queried; null if it could.</summary>
    public LadingException? Failure { get; init; }
}

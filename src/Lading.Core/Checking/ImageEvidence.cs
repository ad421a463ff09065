using Lading.Oci;

namespace Lading.Checking;

/// <summary>What a registry says of an image.</summary>
internal sealed record ImageEvidence
{
    /// <summary>What is there under its digest or tag; null if nothing is.</summary>
    public FoundImage? Found { get; init; }

    /// <summary>The image under the source tag of the lock's entry; null if there is none, or no entry.</summary>
    public FoundImage? SourceTag { get; init; }

    /// <summary>What it is there for; null if it could not be read, or is not there.</summary>
    public IReadOnlyList<Platform>? Platforms { get; init; }

    /// <summary>The manifest for each of <see cref="Platforms"/>, where the image is an index; empty otherwise.</summary>
    public IReadOnlyDictionary<Platform, Digest> Manifests { get; init; } =
        System.Collections.ObjectModel.ReadOnlyDictionary<Platform, Digest>.Empty;

    /// <summary>Whether its tag can move; null if the registry does not tell, or it is not named by tag.</summary>
    public bool? TagIsImmutable { get; init; }

    /// <summary>The registry's own command against what is wrong: an archived image, a tag that can move; null if it has none.</summary>
    public string? Remedy { get; init; }

    /// <summary>Whether the environment that this one promotes from has it; false if it could not be asked.</summary>
    public bool IsInOrigin { get; init; }

    /// <summary>Why the registry could not say; null if it could.</summary>
    public LadingException? Failure { get; init; }
}

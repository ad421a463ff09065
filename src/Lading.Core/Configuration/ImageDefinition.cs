using Lading.Oci;

namespace Lading.Configuration;

/// <summary>
/// An entry of <c>images</c>: how an image is built. Paths are relative to the folder of <c>lading.json</c>, with
/// <c>/</c>.
/// </summary>
internal abstract record ImageDefinition
{
    /// <summary>Its name in commands and constructs: lower-case letters, digits and <c>-</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>project/name</c> by default.</summary>
    public required RepositoryName Repository { get; init; }

    /// <summary>
    /// Sorted by their text. One results in a manifest, several in an index; an empty list (of a mirrored image) means
    /// all its platforms.
    /// </summary>
    public IReadOnlyList<Platform> Platforms { get; init; } = [Platform.LinuxAmd64];

    /// <summary>A number that the user raises to force a rebuild; part of the fingerprint.</summary>
    public int Epoch { get; init; }

    /// <summary>Set if the image is held back at a revision.</summary>
    public Hold? Hold { get; init; }
}

/// <summary>An image held back: its identity is the one it had at <paramref name="Revision"/>.</summary>
/// <param name="Revision">A full commit hash.</param>
/// <param name="Reason">In the user's words.</param>
internal sealed record Hold(string Revision, string Reason);

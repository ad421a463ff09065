using Lading.Oci;

namespace Lading.Configuration;

/// <summary>One entry of <c>images</c>: how an image comes to be. Paths are relative to the folder of <c>lading.json</c>, with <c>/</c>.</summary>
internal abstract record ImageDefinition
{
    /// <summary>Lower-case letters, digits and <c>-</c>; what verbs and the construct call it.</summary>
    public required string Name { get; init; }

    /// <summary><c>project/name</c> unless the entry says otherwise.</summary>
    public required RepositoryName Repository { get; init; }

    /// <summary>Sorted by their text. One gives a manifest, several an index; none (of somebody else's image) stands for all that it has.</summary>
    public IReadOnlyList<Platform> Platforms { get; init; } = [Platform.LinuxAmd64];

    /// <summary>A number that the user raises to force a rebuild; part of the fingerprint.</summary>
    public int Epoch { get; init; }

    /// <summary>Set where the image is held back at a revision.</summary>
    public Hold? Hold { get; init; }
}

/// <summary>An image held back: its identity is the one it had at <paramref name="Revision"/>.</summary>
/// <param name="Revision">A full commit hash.</param>
/// <param name="Reason">In the user's words.</param>
internal sealed record Hold(string Revision, string Reason);

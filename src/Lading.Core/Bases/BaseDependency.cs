using Lading.Configuration;
using Lading.Oci;

namespace Lading.Bases;

/// <summary>A third-party image that images of the project are based on.</summary>
/// <param name="Reference">As in the Dockerfile or <c>lading.json</c>, with variables replaced.</param>
/// <param name="Images">The names of the images based on it, in byte order.</param>
/// <param name="Platforms">The platforms they are built for; empty if it is mirrored whole.</param>
/// <param name="Pin">Its pin in <c>lading.bases.json</c>; null if it has none.</param>
internal sealed record BaseDependency(
    string Reference,
    IReadOnlyList<string> Images,
    IReadOnlyList<Platform> Platforms,
    BasePin? Pin
)
{
    /// <summary>The host in references to images that only a local engine has, as Podman and Buildah write them.</summary>
    private const string EngineHost = "localhost";

    /// <summary>Null if it is not a reference, because it contains a variable that only the engine knows.</summary>
    public ImageReference? Image => ImageReference.TryParse(Reference, out var parsed) ? parsed : null;

    /// <summary>The state that is known without asking its registry; null if there is none.</summary>
    public BaseState? KnownState =>
        Image switch
        {
            null => BaseState.Variable,
            { Digest: not null } => BaseState.Fixed,
            { Host: EngineHost } => BaseState.Local,
            _ => null,
        };

    /// <summary>True if a pin would add nothing: the reference has a digest, and nothing is built on it that <c>ONBUILD</c> could affect.</summary>
    public bool NeedsNoPin => KnownState == BaseState.Fixed && Platforms.Count == 0;

    /// <summary>The effective digest: the pin's, otherwise the reference's; null if it is unpinned.</summary>
    public Digest? Digest => Pin?.Digest ?? Image?.Digest;

    /// <summary>Whether a user's text refers to this base, in its exact or an equivalent form.</summary>
    public bool IsNamed(string text) =>
        text == Reference
        || (Image is { } image && ImageReference.TryParse(text, out var named) && WithTag(named) == WithTag(image));

    private static ImageReference WithTag(ImageReference reference) =>
        reference.Tag is null && reference.Digest is null ? reference with { Tag = Tag.Parse("latest") } : reference;
}

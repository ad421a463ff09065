using Lading.Configuration;
using Lading.Oci;

namespace Lading.Bases;

/// <summary>An image of somebody else's that images of the project are made from.</summary>
/// <param name="Reference">As the Dockerfile or <c>lading.json</c> has it, once variables are replaced.</param>
/// <param name="Images">The names of those that are made from it, in byte order.</param>
/// <param name="Platforms">What they are built for; empty if it is mirrored whole.</param>
/// <param name="Pin">Null if it has none.</param>
internal sealed record BaseUse(
    string Reference,
    IReadOnlyList<string> Images,
    IReadOnlyList<Platform> Platforms,
    BasePin? Pin
)
{
    /// <summary>The host that stands in a reference to an image that only an engine of this machine has, as Podman and Buildah name them.</summary>
    private const string EngineHost = "localhost";

    /// <summary>Null if it is not a reference: it has a variable in it that only the engine knows.</summary>
    public ImageReference? Image => ImageReference.TryParse(Reference, out var parsed) ? parsed : null;

    /// <summary>Where it stands without anything being asked; null if its registry knows.</summary>
    public BaseState? KnownState =>
        Image switch
        {
            null => BaseState.Variable,
            { Digest: not null } => BaseState.Fixed,
            { Host: EngineHost } => BaseState.Local,
            _ => null,
        };

    /// <summary>True if a pin would say nothing: the reference has its digest, and nothing is built on it that <c>ONBUILD</c> could reach.</summary>
    public bool NeedsNoPin => KnownState == BaseState.Fixed && Platforms.Count == 0;

    /// <summary>The digest that counts: that of the pin, else the one in the reference; null if it is unpinned.</summary>
    public Digest? Digest => Pin?.Digest ?? Image?.Digest;

    /// <summary>Whether a text that somebody typed means this one: its very reference, or another way to write it.</summary>
    public bool IsNamed(string text) =>
        text == Reference
        || (Image is { } image && ImageReference.TryParse(text, out var named) && Whole(named) == Whole(image));

    private static ImageReference Whole(ImageReference reference) =>
        reference.Tag is null && reference.Digest is null ? reference with { Tag = Tag.Parse("latest") } : reference;
}

using Lading.Oci;

namespace Lading.Cli.Commands.Image;

/// <summary>A verb that copies images; the verbs differ in the sources and targets they accept.</summary>
/// <param name="Name">The verb.</param>
/// <param name="Description">The description in the help.</param>
/// <param name="FromRegistry">Whether the source must be in a registry, or must not; null for either.</param>
/// <param name="ToRegistry">Whether the target must be in a registry, or must not; null for either.</param>
internal sealed record ImageCopyVerb(string Name, string Description, bool? FromRegistry, bool? ToRegistry)
{
    public static ImageCopyVerb Push { get; } =
        new("push", "Sends an image of a layout or archive to a registry.", FromRegistry: false, ToRegistry: true);

    public static ImageCopyVerb Pull { get; } =
        new("pull", "Fetches an image of a registry into a layout or archive.", FromRegistry: true, ToRegistry: false);

    public static ImageCopyVerb Copy { get; } =
        new("copy", "Copies an image between registries, layouts and archives.", FromRegistry: null, ToRegistry: null);

    /// <summary>Ensures that the verb accepts the source and target.</summary>
    /// <exception cref="LadingException">A location is of a kind that this verb does not support.</exception>
    public void Require(ImageLocation source, ImageLocation target)
    {
        Require("source", source, FromRegistry);
        Require("target", target, ToRegistry);
    }

    private void Require(string role, ImageLocation location, bool? inRegistry)
    {
        var isInRegistry = location.Kind == ImageLocationKind.Registry;
        if (inRegistry is { } wanted && wanted != isInRegistry)
        {
            throw LadingException.Usage(
                $"Could not {Name}",
                $"the {role} {location} is {(isInRegistry ? "in a registry" : "in no registry")}",
                $"Arguments go source first: lading image {Name} SOURCE TARGET. 'lading image copy' takes any two places."
            );
        }
    }
}

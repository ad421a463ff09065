using System.Collections.Immutable;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Checking;

/// <summary>What the images of the project are at HEAD (those held back: at the revision they are held at).</summary>
/// <param name="Images">By name.</param>
/// <param name="Failure">Why they are not known; null where they are.</param>
internal sealed record HeadImages(IReadOnlyDictionary<string, ImageIdentity> Images, LadingException? Failure)
{
    /// <summary>The images that were read.</summary>
    public static HeadImages Of(IEnumerable<ImageIdentity> images) =>
        new(images.ToImmutableSortedDictionary(image => image.Name, image => image, StringComparer.Ordinal), null);

    /// <summary>None, since they could not be read.</summary>
    public static HeadImages Unknown(LadingException failure) =>
        new(ImmutableSortedDictionary<string, ImageIdentity>.Empty, failure);

    /// <summary>The bases that have neither a pin nor a digest: image and reference. They count by name, whatever they become.</summary>
    public IEnumerable<(string Image, string Reference)> FloatingBases =>
        from image in Images.Values
        from input in image.Inputs.Bases
        where input.Floats
        select (image.Name, input.Reference);

    public Hold? HoldOf(string image) => Images.GetValueOrDefault(image)?.Hold;

    /// <summary>Why the lock's image is not that of HEAD; null where it is.</summary>
    /// <param name="image">The name.</param>
    /// <param name="fingerprint">What the lock says, 64 hex digits.</param>
    /// <param name="environment">The lock's environment.</param>
    public string? DifferenceOf(string image, string fingerprint, EnvironmentDefinition environment)
    {
        if (!Images.TryGetValue(image, out var identity))
        {
            return "lading.json of HEAD has no such image";
        }

        return identity.Fingerprint.Hex == fingerprint ? null
            : identity.Hold is { } hold
                ? $"the lock has another image than {hold.Revision[..7]}, at which it is held back: lading publish {image} --env {environment.Name}"
            : $"the lock is not that of HEAD: lading publish {image} --env {environment.Name}";
    }
}

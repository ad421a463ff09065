using Lading.Configuration;
using Lading.Oci;

namespace Lading.Cdk.Synthesis;

/// <summary>One digest for all images, for snapshot tests.</summary>
/// <param name="Definitions">The images of <c>lading.json</c>; null if there is none, since a test may run without it.</param>
internal sealed record FixedImages(IReadOnlyDictionary<string, ImageDefinition>? Definitions) : IImagePins
{
    private static readonly Digest Constant = Digest.Parse("sha256:" + new string('0', 64));

    public PinnedImage Get(string name, ImageDemand demand)
    {
        if (Definitions is null)
        {
            return new PinnedImage(name, Constant);
        }

        LockedImages.CheckName(name, Definitions);
        return new PinnedImage(Definitions[name].Repository.Value, Constant);
    }
}

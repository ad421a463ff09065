using Lading.Configuration;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Resolves the inputs of a mirrored image: its pin.</summary>
internal sealed class MirroredImageResolver(MirroredImage image, RevisionView view) : InputResolver
{
    public override ScopedInputs Read(
        FoundPaths found,
        TreeReader trees,
        IReadOnlyDictionary<ObjectId, byte[]> targets
    ) =>
        new(
            new MirroredInputs
            {
                Platforms = image.Platforms,
                Epoch = image.Epoch,
                From = new BaseReference(image.From, view.Pins.Find(image.From)?.Digest),
            },
            new ImageScope([], [])
        );
}

using Lading.Configuration;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Reads the inputs of somebody else's image: its pin.</summary>
internal sealed class InputsOfForeign(ForeignImage image, RevisionView view) : IInputsOf
{
    public IEnumerable<string> Names => [];

    public IEnumerable<ObjectId> Trees(IReadOnlyDictionary<string, GitObject?> found) => [];

    public IEnumerable<ObjectId> Links(
        IReadOnlyDictionary<string, GitObject?> found,
        TreeReader trees,
        IReadOnlyDictionary<ObjectId, byte[]> targets
    ) => [];

    public ScopedInputs Read(
        IReadOnlyDictionary<string, GitObject?> found,
        TreeReader trees,
        IReadOnlyDictionary<ObjectId, byte[]> targets
    ) =>
        new(
            new ForeignInputs
            {
                Platforms = image.Platforms,
                Epoch = image.Epoch,
                From = new BaseInput(image.From, view.Pins.Find(image.From)?.Digest),
            },
            new InputScope([], [])
        );
}

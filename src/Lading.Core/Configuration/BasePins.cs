using Lading.Oci;

namespace Lading.Configuration;

/// <summary>What <c>lading.bases.json</c> says: the digest that each base or foreign image is pinned to.</summary>
/// <param name="Pins">By reference, as written in Dockerfiles and <c>lading.json</c>.</param>
internal sealed record BasePins(IReadOnlyDictionary<string, BasePin> Pins)
{
    public static BasePins None { get; } = new(new Dictionary<string, BasePin>(StringComparer.Ordinal));

    /// <summary>The pin of a reference; null where it floats.</summary>
    public BasePin? Find(string reference) => Pins.GetValueOrDefault(reference);
}

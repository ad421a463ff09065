using Lading.Oci;

namespace Lading.Configuration;

/// <summary>The contents of <c>lading.bases.json</c>: the digest that each base or mirrored image is pinned to.</summary>
/// <param name="Pins">By reference, as written in Dockerfiles and <c>lading.json</c>.</param>
internal sealed record BasePins(IReadOnlyDictionary<string, BasePin> Pins)
{
    public static BasePins None { get; } = new(new Dictionary<string, BasePin>(StringComparer.Ordinal));

    /// <summary>The oldest version of the file that can store them, so that older versions of Lading can read it.</summary>
    public int Version => Pins.Values.Any(pin => pin.Env is not null) ? BasePinsReader.Latest : BasePinsReader.First;

    /// <summary>The pin of a reference; null if it is unpinned.</summary>
    public BasePin? Find(string reference) => Pins.GetValueOrDefault(reference);

    /// <summary>These pins with some added or changed.</summary>
    public BasePins With(IEnumerable<KeyValuePair<string, BasePin>> changed)
    {
        var pins = new SortedDictionary<string, BasePin>(
            Pins.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
            StringComparer.Ordinal
        );
        foreach (var (reference, pin) in changed)
        {
            pins[reference] = pin;
        }

        return new BasePins(pins);
    }

    /// <summary>These pins without some of them.</summary>
    public BasePins Without(IEnumerable<string> references) =>
        new(
            Pins.Where(pair => !references.Contains(pair.Key, StringComparer.Ordinal))
                .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
        );
}

using System.Globalization;
using System.Text;
using Lading.Bench.Races;

namespace Lading.Bench.Images;

/// <summary>
/// Compares the ratios of all operations with their aims: ahead of other clients for many layers and indexes, within a
/// factor of 1.1 for one layer and large ones.
/// </summary>
internal sealed class ClientAims(IReadOnlyList<ImageClient> clients)
{
    private const double Within = 1 / 1.1;
    private readonly Dictionary<(string Client, bool IsAhead), double> smallest = [];

    /// <summary>Adds the result of one operation.</summary>
    public void Add(ImageShape shape, RaceResult result)
    {
        foreach (var other in clients.Skip(1))
        {
            var key = (other.Name, shape.Blobs > 2 && shape != ImageShape.Large);
            var ratio = result.Ratio(other.Name, clients[0].Name);
            smallest[key] = Math.Min(ratio, smallest.GetValueOrDefault(key, double.MaxValue));
        }
    }

    /// <summary>One line per client and aim: the smallest ratio counts.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        foreach (var ((client, isAhead), ratio) in smallest)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"- {client}, {(isAhead ? "`many` and `index`" : "`small` and `large`")}, the smallest ratio: {Aim.AtLeast(ratio, isAhead ? 1 : Math.Round(Within, 2))}.\n"
            );
        }

        return text.ToString();
    }
}

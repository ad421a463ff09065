using System.Globalization;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>
/// Collects uses from many readers concurrently. Of several uses of one kind of an image, the first by name is shown, with their
/// number.
/// </summary>
/// <param name="hosts">The hosts of the relevant registries; images of other registries are ignored.</param>
/// <param name="progress">Receives each count; null for none.</param>
internal sealed class UseCollector(IReadOnlyCollection<string> hosts, IRetentionProgress? progress = null)
{
    private readonly Dictionary<(UseKind Kind, UsedImage Image), Entry> uses = [];
    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);

    public IReadOnlyList<ImageUse> Uses
    {
        get
        {
            lock (uses)
            {
                return
                [
                    .. uses.Select(each => new ImageUse(
                            each.Key.Kind,
                            each.Key.Image,
                            each.Value.Text,
                            each.Value.Source
                        ))
                        .OrderBy(use => use.Kind)
                        .ThenBy(use => use.Image.ToString(), StringComparer.Ordinal),
                ];
            }
        }
    }

    public IReadOnlyList<EvidenceCount> Counts
    {
        get
        {
            lock (uses)
            {
                return [.. counts.Select(each => new EvidenceCount(each.Value, each.Key))];
            }
        }
    }

    /// <summary>Adds a use of each of some images.</summary>
    /// <param name="kind">The kind of use.</param>
    /// <param name="images">The images.</param>
    /// <param name="reason">As part of a sentence that begins with the image.</param>
    /// <param name="source">The source of this fact.</param>
    public void Add(UseKind kind, IEnumerable<UsedImage> images, string reason, FactOrigin source)
    {
        foreach (var image in images)
        {
            if (image.Host is { } host && !hosts.Contains(host))
            {
                continue;
            }

            lock (uses)
            {
                uses[(kind, image)] = uses.TryGetValue((kind, image), out var known)
                    ? known.With(reason, source)
                    : new Entry(reason, source, 1);
            }
        }
    }

    /// <summary>Counts what was read.</summary>
    /// <param name="number">The number.</param>
    /// <param name="noun">What was counted, in the singular.</param>
    public void Count(int number, string noun)
    {
        if (number == 0)
        {
            return;
        }

        int all;
        lock (uses)
        {
            all = counts[noun] = counts.GetValueOrDefault(noun) + number;
        }

        progress?.Read(new EvidenceCount(all, noun));
    }

    /// <summary>Uses of one kind of one image.</summary>
    /// <param name="Reason">The reason of the first use by name.</param>
    /// <param name="Source">The source of the same use.</param>
    /// <param name="Number">The number of uses.</param>
    private sealed record Entry(string Reason, FactOrigin Source, int Number)
    {
        public string Text =>
            Number == 1 ? Reason : string.Create(CultureInfo.InvariantCulture, $"{Reason} and {Number - 1} more");

        public Entry With(string reason, FactOrigin source) =>
            string.CompareOrdinal(reason, Reason) switch
            {
                0 => this,
                < 0 => new Entry(reason, source, Number + 1),
                _ => this with { Number = Number + 1 },
            };
    }
}

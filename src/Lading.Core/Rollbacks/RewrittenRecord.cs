using Lading.Git;
using Lading.Records;
using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>The record of a stack after the images of some containers have been replaced.</summary>
internal static class RewrittenRecord
{
    /// <summary>Returns the new record.</summary>
    /// <param name="record">The current record.</param>
    /// <param name="swaps">The replaced images.</param>
    public static StackRecord Of(StackRecord record, IReadOnlyList<ImageSwap> swaps)
    {
        var byUse = swaps.ToDictionary(swap => swap.Use, StringComparer.Ordinal);
        var pins = new SortedDictionary<(string Name, string Reference), List<string>>(Order);
        var rolledBack = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var (key, image) in record.Images)
        {
            var name = RecordedImage.NameOf(key);
            var before = rolledBack.TryGetValue(name, out var known)
                ? known
                : rolledBack[name] = new SortedSet<string>(StringComparer.Ordinal);
            before.UnionWith(image.RolledBackFrom);
            if (image.UsedBy.Count == 0)
            {
                // For functions and jobs, the record has only the image.
                var other = swaps.FirstOrDefault(swap => $"{swap.From.Repository}@{swap.Now}" == image.Reference);
                UsesOf(pins, name, other is null ? image.Reference : $"{other.From.Repository}@{other.To}");
                before.UnionWith(other is { Now: { } replaced } ? [replaced.ToString()] : []);
            }

            foreach (var use in image.UsedBy)
            {
                var swap = byUse.GetValueOrDefault(use);
                UsesOf(pins, name, swap is null ? image.Reference : $"{swap.From.Repository}@{swap.To}").Add(use);
                if (swap is not null && ReleaseFacts.DigestOf(image.Reference) is { } digest)
                {
                    before.Add(digest.ToString());
                }
            }
        }

        return record with
        {
            Images = Numbered(pins, rolledBack),
        };
    }

    private static List<string> UsesOf(
        SortedDictionary<(string Name, string Reference), List<string>> pins,
        string name,
        string reference
    ) => pins.TryGetValue((name, reference), out var uses) ? uses : pins[(name, reference)] = [];

    /// <summary>
    /// The images of the record. If one is pinned in several ways, all pins but the first are numbered, as the
    /// construct library does.
    /// </summary>
    private static Dictionary<string, RecordedImage> Numbered(
        SortedDictionary<(string Name, string Reference), List<string>> pins,
        Dictionary<string, SortedSet<string>> rolledBack
    )
    {
        var images = new Dictionary<string, RecordedImage>(StringComparer.Ordinal);
        foreach (var named in pins.GroupBy(pin => pin.Key.Name, StringComparer.Ordinal))
        {
            var running = named.Select(pin => ReleaseFacts.DigestOf(pin.Key.Reference)?.ToString()).ToHashSet();
            var number = 0;
            foreach (var ((name, reference), uses) in named)
            {
                number++;
                images.Add(
                    number == 1 ? name : $"{name}/{number}",
                    new RecordedImage(reference, [.. uses.Order(ByteOrder.Comparer)])
                    {
                        // An image that runs again is no longer recorded as rolled back.
                        RolledBackFrom =
                            number == 1 ? [.. rolledBack[name].Where(digest => !running.Contains(digest))] : [],
                    }
                );
            }
        }

        return images;
    }

    private static IComparer<(string Name, string Reference)> Order { get; } =
        Comparer<(string Name, string Reference)>.Create(
            (one, other) =>
                ByteOrder.Comparer.Compare(one.Name, other.Name) is not 0 and var order
                    ? order
                    : ByteOrder.Comparer.Compare(one.Reference, other.Reference)
        );
}

namespace Lading.Running;

/// <summary>
/// Pairs the reports of two services on the same events, each with its own clock. The offset of the clocks is unknown
/// but equal for all pairs: the difference that most pairs share is taken as the offset; pairs that deviate from it are
/// coincidences.
/// </summary>
internal static class ClockAlignment
{
    /// <summary>How much the delay between an event and the matching call may vary, in either direction.</summary>
    public static readonly TimeSpan Jitter = TimeSpan.FromSeconds(15);

    /// <summary>Chooses the pairs that belong together; each report is in at most one.</summary>
    /// <param name="pairs">All candidates, with how much later the second report is, by its own clock.</param>
    public static IReadOnlyList<(TOne One, TOther Other)> Choose<TOne, TOther>(
        IReadOnlyList<(TOne One, TOther Other, TimeSpan Difference)> pairs
    )
        where TOne : class
        where TOther : class
    {
        var offset = OffsetOf([
            .. pairs.Select(pair => pair.Difference).Where(each => each.Duration() <= ReleaseMerge.Skew),
        ]);
        var paired = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var chosen = new List<(TOne, TOther)>();
        foreach (
            var (one, other, _) in pairs
                .Where(pair => (pair.Difference - offset).Duration() <= Jitter)
                .OrderBy(pair => (pair.Difference - offset).Duration())
        )
        {
            if (!paired.Contains(one) && !paired.Contains(other))
            {
                paired.Add(one);
                paired.Add(other);
                chosen.Add((one, other));
            }
        }

        return chosen;
    }

    /// <summary>The middle of the interval that contains most differences; of several such intervals, the one with the smallest offset.</summary>
    private static TimeSpan OffsetOf(List<TimeSpan> differences)
    {
        differences.Sort();
        var (best, middle) = (0, TimeSpan.Zero);
        var (from, to) = (0, 0);
        for (var i = 0; i < differences.Count; i++)
        {
            while (differences[i] - differences[from] > Jitter)
            {
                from++;
            }

            while (to < differences.Count && differences[to] - differences[i] <= Jitter)
            {
                to++;
            }

            var median = differences[(from + to - 1) / 2];
            if (to - from > best || (to - from == best && median.Duration() < middle.Duration()))
            {
                (best, middle) = (to - from, median);
            }
        }

        return middle;
    }
}

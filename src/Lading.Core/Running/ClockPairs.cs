namespace Lading.Running;

/// <summary>
/// Pairs what two services tell of the same things, each by its own clock. How far the clocks are apart is not known, but it is the same
/// for all pairs: the difference that most of them have in common is taken for it, and what does not have it belongs together by chance.
/// </summary>
internal static class ClockPairs
{
    /// <summary>How much later than usual one service may tell of what another did: from an event to the call it tells of, and back.</summary>
    public static readonly TimeSpan Jitter = TimeSpan.FromSeconds(15);

    /// <summary>Pairs, each thing in one at most.</summary>
    /// <param name="pairs">All that may be, with how much later the second is, by its own clock.</param>
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

    /// <summary>The middle of where most differences are; of several such places, the one where the clocks are least apart.</summary>
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

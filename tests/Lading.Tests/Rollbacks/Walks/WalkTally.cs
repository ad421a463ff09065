using System.Globalization;

namespace Lading.Tests.Rollbacks.Walks;

/// <summary>How often each event happened in a walk, and how its rollbacks ended.</summary>
internal sealed class WalkTally
{
    // How a rollback may end: the state in its document, or the exit code of its error.
    private static readonly string[] Ends =
    [
        "back",
        "cancelled",
        "dry-run",
        "error 1",
        "error 3",
        "failed",
        "not-cancelled",
        "not-running",
        "refused",
        "undone",
    ];

    private readonly SortedDictionary<string, int> acts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> ends = new(StringComparer.Ordinal);

    public int Rollbacks => ends.Values.Sum();

    /// <summary>What a long walk must meet and did not.</summary>
    public IReadOnlyList<string> Missing => [.. WalkActs.Names.Except(acts.Keys), .. Ends.Except(ends.Keys)];

    public void Act(string name) => Count(acts, name, 1);

    public void End(string state) => Count(ends, state, 1);

    public void Add(WalkTally other)
    {
        foreach (var (name, count) in other.acts)
        {
            Count(acts, name, count);
        }

        foreach (var (state, count) in other.ends)
        {
            Count(ends, state, count);
        }
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Rollbacks} rollbacks ({List(ends)}) after {List(acts)}");

    private static void Count(SortedDictionary<string, int> counts, string name, int count) =>
        counts[name] = counts.GetValueOrDefault(name) + count;

    private static string List(SortedDictionary<string, int> counts) =>
        string.Join(
            ", ",
            counts.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Key} {each.Value}"))
        );
}

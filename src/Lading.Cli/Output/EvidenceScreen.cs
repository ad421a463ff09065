using System.Collections.Concurrent;
using System.Globalization;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;

namespace Lading.Cli.Output;

/// <summary>The progress of reading evidence: one line, redrawn on a terminal; elsewhere a line every ten seconds.</summary>
internal sealed class EvidenceScreen : IRetentionProgress, IDisposable
{
    private static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly Terminal terminal;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private string shown = "";
    private bool isOver;

    public EvidenceScreen(Terminal terminal, TimeProvider time)
    {
        this.terminal = terminal;
        var interval = terminal.IsLive ? LiveInterval : LogInterval;
        timer = time.CreateTimer(_ => Draw(), null, interval, interval);
    }

    public void Read(EvidenceCount count) =>
        counts.AddOrUpdate(count.Noun, count.Number, (_, known) => Math.Max(known, count.Number));

    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            isOver = true;
            if (terminal.IsLive && shown.Length > 0)
            {
                terminal.Redraw("");
            }
        }
    }

    /// <summary>The counts as text: <c>41 stacks, 63 services</c>.</summary>
    public static string TextOf(IEnumerable<EvidenceCount> counts) =>
        string.Join(
            ", ",
            counts.Select(count =>
                string.Create(CultureInfo.InvariantCulture, $"{count.Number:N0} {Plural(count.Noun, count.Number)}")
            )
        );

    private static string Plural(string noun, int number) =>
        number == 1 ? noun
        : noun.EndsWith('y') ? $"{noun[..^1]}ies"
        : $"{noun}s";

    private void Draw()
    {
        var read = counts
            .Where(each => each.Value > 0)
            .OrderBy(each => each.Key, StringComparer.Ordinal)
            .Select(each => new EvidenceCount(each.Value, each.Key));
        var line = $"  reading: {TextOf(read)}";
        lock (gate)
        {
            if (isOver || line == shown)
            {
                return;
            }

            shown = line;
            if (terminal.IsLive)
            {
                terminal.Redraw(line);
            }
            else
            {
                terminal.Narrate(line);
            }
        }
    }
}

using System.Globalization;
using System.Text;

namespace Lading.Processes;

/// <summary>
/// Keeps the last lines that a program writes, for when it fails, and passes each one on. A build may write without end, and
/// what people look for stands at the end of it, or at the end of what went to standard error.
/// </summary>
internal sealed class OutputRecord(IProgress<string>? next) : IProgress<string>
{
    /// <summary>What somebody reads; <c>--verbose</c> shows each line as it comes.</summary>
    private const int MostLines = 150;

    /// <summary>Both streams are read as they come: what was written to one last may come before much of the other.</summary>
    private const int MostErrors = 50;

    /// <summary>In characters. Some programs write a megabyte in one line.</summary>
    private const int LongestLine = 2_000;

    private readonly Queue<Entry> lines = new();
    private readonly Queue<Entry> errors = new();
    private long total;

    /// <summary>Takes the lines of standard error.</summary>
    public IProgress<string> Errors => new ErrorLines(this);

    public void Report(string value) => Add(value, isError: false);

    /// <summary>The lines that were kept, each indented, with a line break and <c>:</c> in front; empty if nothing was written.</summary>
    public string AsBlock()
    {
        lock (lines)
        {
            var block = new StringBuilder(total == 0 ? "" : ":");
            long before = 0;
            foreach (var entry in lines.Concat(errors).DistinctBy(entry => entry.Number).OrderBy(entry => entry.Number))
            {
                if (entry.Number > before + 1)
                {
                    var left = entry.Number - before - 1;
                    block.Append(CultureInfo.InvariantCulture, $"\n    … {left} line{(left == 1 ? "" : "s")} left out");
                }

                block.Append("\n    ").Append(entry.Text);
                before = entry.Number;
            }

            return block.ToString();
        }
    }

    private void Add(string value, bool isError)
    {
        lock (lines)
        {
            var text = value.Length <= LongestLine ? value : value[..LongestLine] + "…";
            var entry = new Entry(++total, text);
            Keep(lines, entry, MostLines);
            if (isError)
            {
                Keep(errors, entry, MostErrors);
            }
        }

        next?.Report(value);
    }

    private static void Keep(Queue<Entry> queue, Entry entry, int most)
    {
        if (queue.Count == most)
        {
            queue.Dequeue();
        }

        queue.Enqueue(entry);
    }

    /// <param name="Number">From 1.</param>
    /// <param name="Text">The line.</param>
    private sealed record Entry(long Number, string Text);

    private sealed class ErrorLines(OutputRecord record) : IProgress<string>
    {
        public void Report(string value) => record.Add(value, isError: true);
    }
}

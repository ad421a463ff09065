using System.Globalization;
using System.Text;

namespace Lading.Processes;

/// <summary>
/// Keeps the last lines of a program's output for error messages, and passes each one on. A build may write without end, and the error
/// is usually at its end, or at the end of standard error.
/// </summary>
internal sealed class OutputRecord(IProgress<string>? next) : IProgress<string>
{
    /// <summary>Enough to read; <c>--verbose</c> shows each line as it arrives.</summary>
    private const int MostLines = 150;

    /// <summary>
    /// The streams are read concurrently: the last line of one may arrive before much of the other.
    /// </summary>
    private const int MostErrors = 50;

    /// <summary>In characters. Some programs write a megabyte on one line.</summary>
    private const int LongestLine = 2_000;

    private readonly Queue<Entry> lines = new();
    private readonly Queue<Entry> errors = new();
    private long total;

    /// <summary>Receives the lines of standard error.</summary>
    public IProgress<string> Errors => new ErrorLines(this);

    public void Report(string value) => Add(value, isError: false);

    /// <summary>The kept lines, each indented, after a colon and a line break; empty if nothing was written.</summary>
    public string AsBlock()
    {
        lock (lines)
        {
            var block = new StringBuilder(total == 0 ? "" : ":");
            long previous = 0;
            foreach (var entry in lines.Concat(errors).DistinctBy(entry => entry.Number).OrderBy(entry => entry.Number))
            {
                if (entry.Number > previous + 1)
                {
                    var omitted = entry.Number - previous - 1;
                    block.Append(
                        CultureInfo.InvariantCulture,
                        $"\n    … {omitted} line{(omitted == 1 ? "" : "s")} left out"
                    );
                }

                block.Append("\n    ").Append(entry.Text);
                previous = entry.Number;
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

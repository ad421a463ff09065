using System.Text;

namespace Lading.Processes;

/// <summary>Tells each line of a stream as it comes. A carriage return ends a line as well: progress bars use it.</summary>
internal sealed class LineReader(Stream stream, IProgress<string> lines)
{
    private volatile int told;

    /// <summary>How many lines came so far.</summary>
    public int Told => told;

    /// <summary>Reads to the end, or until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            lines.Report(line);
            told++;
        }
    }
}

using System.Text;

namespace Lading.Processes;

/// <summary>
/// Reports each line of a stream as it arrives. A carriage return ends a line as well: progress bars use it. A very
/// long line is reported in pieces.
/// </summary>
internal sealed class LineReader(Stream stream, IProgress<string> lines)
{
    /// <summary>In characters.</summary>
    private const int LongestLine = 16 * 1024;

    private readonly StringBuilder line = new();
    private volatile int count;

    /// <summary>The number of lines reported so far.</summary>
    public int Count => count;

    /// <summary>Reads to the end, or until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var buffer = new char[4 * 1024];
        var wasReturn = false;
        int read;
        while ((read = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            foreach (var c in buffer.AsSpan(0, read))
            {
                if (c is '\n' or '\r')
                {
                    // CR LF is a single line end.
                    if (c == '\r' || !wasReturn)
                    {
                        ReportLine();
                    }
                }
                else
                {
                    line.Append(c);
                    if (line.Length == LongestLine)
                    {
                        ReportLine();
                    }
                }

                wasReturn = c == '\r';
            }
        }

        if (line.Length > 0)
        {
            ReportLine();
        }
    }

    private void ReportLine()
    {
        lines.Report(line.ToString());
        line.Clear();
        count++;
    }
}

using System.Text;

namespace Lading.Processes;

/// <summary>Keeps what a program writes, for when it fails, and passes each line on.</summary>
internal sealed class OutputRecord(IProgress<string>? next) : IProgress<string>
{
    private readonly StringBuilder text = new();

    public void Report(string value)
    {
        lock (text)
        {
            text.Append('\n').Append("    ").Append(value);
        }

        next?.Report(value);
    }

    /// <summary>All lines, each indented, with a line break and <c>:</c> in front; empty where nothing was written.</summary>
    public string AsBlock()
    {
        lock (text)
        {
            return text.Length == 0 ? "" : ":" + text;
        }
    }
}

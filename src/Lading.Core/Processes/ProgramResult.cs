using System.Text;

namespace Lading.Processes;

/// <summary>The result of running a program.</summary>
/// <param name="ExitCode">0 by convention on success.</param>
/// <param name="Output">All of its standard output.</param>
/// <param name="Error">All of its standard error.</param>
internal sealed record ProgramResult(int ExitCode, ReadOnlyMemory<byte> Output, string Error)
{
    /// <summary>Standard output as UTF-8 text without the last line break.</summary>
    public string Text => Encoding.UTF8.GetString(Output.Span).TrimEnd('\n', '\r');
}

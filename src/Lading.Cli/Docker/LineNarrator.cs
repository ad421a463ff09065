using Lading.Cli.Output;

namespace Lading.Cli.Docker;

/// <summary>Shows each line as it arrives.</summary>
internal sealed class LineNarrator(Terminal terminal) : IProgress<string>
{
    public void Report(string value) => terminal.Narrate(value);
}

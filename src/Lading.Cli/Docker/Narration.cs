using Lading.Cli.Output;

namespace Lading.Cli.Docker;

/// <summary>Tells each line as it comes.</summary>
internal sealed class Narration(Terminal terminal) : IProgress<string>
{
    public void Report(string value) => terminal.Narrate(value);
}

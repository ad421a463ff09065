using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>A stream that Spectre.Console draws on. It loads only when something is drawn, which is on terminals alone.</summary>
/// <param name="writer">The stream.</param>
/// <param name="isColoured">Whether it takes colours.</param>
internal sealed class DrawnConsole(TextWriter writer, bool isColoured)
{
    private IAnsiConsole? console;

    public IAnsiConsole Console => console ??= Create();

    /// <summary>Writes a line of markup.</summary>
    public void Draw(string markup) => Console.MarkupLine(markup);

    private IAnsiConsole Create() =>
        AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = isColoured ? AnsiSupport.Detect : AnsiSupport.No,
                ColorSystem = isColoured ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(writer),
            }
        );
}

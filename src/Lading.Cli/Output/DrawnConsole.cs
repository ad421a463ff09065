using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>
/// A stream that Spectre.Console draws on. Spectre.Console is loaded only when something is drawn, which happens only
/// on terminals.
/// </summary>
/// <param name="writer">The stream.</param>
/// <param name="isColoured">Whether it supports colors.</param>
internal sealed class DrawnConsole(TextWriter writer, bool isColoured)
{
    private const int Unbroken = 100_000;
    private IAnsiConsole? console;

    public IAnsiConsole Console => console ??= Create();

    /// <summary>Writes a line of markup.</summary>
    public void Draw(string markup) => Console.MarkupLine(markup);

    /// <summary>Writes a line of markup that only the terminal itself wraps, so that copied text is one line.</summary>
    public void DrawWhole(string markup)
    {
        var width = Console.Profile.Width;
        Console.Profile.Width = Unbroken;
        Console.MarkupLine(markup);
        Console.Profile.Width = width;
    }

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

using System.CommandLine;
using Lading.Cli.Commands;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>The only class that writes to the user: results on standard output, narrative and errors on standard error.</summary>
/// <remarks>Colors and live lines are used only on a terminal, and not with <c>NO_COLOR</c> or <c>TERM=dumb</c>.</remarks>
internal sealed class Terminal
{
    private readonly Host host;
    private readonly DrawnConsole error;
    private readonly DrawnConsole output;

    public Terminal(Host host)
    {
        this.host = host;
        output = new DrawnConsole(host.Out, host.OutIsTerminal && IsColoured);
        error = new DrawnConsole(host.Error, host.ErrorIsTerminal && IsColoured);
    }

    /// <summary>The width of the terminal in columns, for results; 0 if standard output is not a terminal.</summary>
    public int ResultWidth => host.OutIsTerminal ? host.Width : 0;

    /// <summary>True if lines on standard error may be redrawn.</summary>
    public bool IsLive => host.ErrorIsTerminal && IsColoured;

    private bool IsColoured => host.Variable("NO_COLOR") is null && host.Variable("TERM") is not "dumb";

    /// <summary>Writes a line of the result.</summary>
    public void Result(string line) => host.Out.WriteLine(ControlCharacters.Shown(line));

    /// <summary>Writes a line of the result in Spectre's markup; plain if standard output is not a terminal.</summary>
    public void ResultMarkup(string markup) => Write(output, host.Out, host.OutIsTerminal, markup);

    /// <summary>Writes a line of the result without wrapping it, so that a command in it can be copied.</summary>
    public void ResultWhole(string markup) => Write(output, host.Out, host.OutIsTerminal, markup, isWhole: true);

    /// <summary>Writes a table of the result.</summary>
    /// <param name="table">The table.</param>
    /// <param name="isFitted">Whether to cut the last column at the terminal's width; otherwise the terminal wraps long lines.</param>
    /// <returns>The rows whose last cell was shortened, from 0.</returns>
    public IReadOnlyList<int> ResultTable(TextTable table, bool isFitted = false) =>
        table.WriteTo(line => Write(output, host.Out, host.OutIsTerminal, line), isFitted ? ResultWidth : 0);

    /// <summary>Clears a terminal for a result that is redrawn; elsewhere an empty line separates the results.</summary>
    public void BeginAgain() => host.Out.Write(host.OutIsTerminal && IsColoured ? "\u001b[H\u001b[2J" : "\n");

    /// <summary>Writes a line of the narrative.</summary>
    public void Narrate(string line) => host.Error.WriteLine(ControlCharacters.Shown(line));

    /// <summary>Replaces the previous line of the narrative on a terminal; an empty text clears it.</summary>
    public void Redraw(string line)
    {
        var shown = ControlCharacters.Shown(line);
        var width = Math.Max(host.Width - 1, 20);
        host.Error.Write($"\r\u001b[2K{(shown.Length > width ? shown[..width] : shown)}");
    }

    /// <summary>Writes a line of the narrative in markup.</summary>
    public void NarrateMarkup(string markup) => Write(error, host.Error, host.ErrorIsTerminal, markup);

    /// <summary>Writes a warning.</summary>
    public void Warn(string text) => NarrateWhole($"[yellow]warning:[/] {Markup.Escape(text)}");

    /// <summary>Writes a note about an image.</summary>
    public void Note(string text) => NarrateWhole($"  [grey]note: {Markup.Escape(text)}[/]");

    /// <summary>Asks for the code of an MFA device; null if there is no user to ask.</summary>
    public string? AskCode(string device)
    {
        if (!host.InIsTerminal || !host.ErrorIsTerminal)
        {
            return null;
        }

        host.Error.Write($"  Code of the MFA device {device}: ");
        return host.In.ReadLine()?.Trim() is { Length: > 0 } code ? code : null;
    }

    /// <summary>Asks for a confirmation.</summary>
    public bool Confirm(string question)
    {
        host.Error.Write($"  {ControlCharacters.Shown(question)} [y/N] ");
        return host.In.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    /// <summary>Writes an error: what was attempted, the error that came back, and the remedy.</summary>
    public void Failed(LadingException failure) => NarrateWhole($"[red]error:[/] {Markup.Escape(failure.Message)}");

    /// <summary>Writes the errors of an invalid command line.</summary>
    public void ShowUsageErrors(ParseResult parsed)
    {
        foreach (var message in Commands.UsageErrors.Of(parsed))
        {
            NarrateMarkup($"[red]error:[/] {Markup.Escape(message)}");
        }

        Narrate($"Run '{VerbName.Of(parsed)} --help' to see what it takes.");
    }

    /// <summary>The console of standard error, for progress.</summary>
    public IAnsiConsole Progress => error.Console;

    /// <summary>Writes a line of the narrative without wrapping it, so that a command in it can be copied.</summary>
    private void NarrateWhole(string markup) => Write(error, host.Error, host.ErrorIsTerminal, markup, isWhole: true);

    private void Write(DrawnConsole console, TextWriter writer, bool isTerminal, string markup, bool isWhole = false)
    {
        markup = ControlCharacters.Shown(markup);
        if (isTerminal && IsColoured && isWhole)
        {
            console.DrawWhole(markup);
        }
        else if (isTerminal && IsColoured)
        {
            console.Draw(markup);
        }
        else
        {
            // Without a terminal there is no width to wrap at, and Spectre.Console need not be loaded.
            writer.WriteLine(PlainText.Of(markup));
        }
    }
}

using System.Text;
using Lading.Cli.Commands;
using Lading.Explaining;
using Lading.Git;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>The inputs of an image: an overview as a tree, or all of them as JSON (docs/output.md, "why").</summary>
internal sealed record ProvenanceScreen(ExplainedImage Side, bool WithFiles)
{
    public void Show(Invocation invocation)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(ProvenanceDocument.Of(this));
            return;
        }

        var terminal = invocation.Terminal;
        var inputs = Side.Inputs;
        terminal.ResultMarkup(
            $"  [bold]{inputs.Image}[/]  {Identifiers.Short(inputs.Fingerprint.SourceTag)}  [grey]{Markup.Escape(SideText.Of(Side))}[/]"
        );
        var lines = Lines().ToList();
        var width = lines.Count == 0 ? 0 : lines.Max(line => line.Name.Length);
        for (var i = 0; i < lines.Count; i++)
        {
            var (name, value) = lines[i];
            var branch = i == lines.Count - 1 ? "└─" : "├─";
            terminal.ResultMarkup($"  [grey]{branch}[/] {name.PadRight(width)}  {value}");
        }

        foreach (var note in Side.Notes)
        {
            terminal.Warn(note.ToString());
        }

        if (Side.Uncommitted.Count > 0)
        {
            terminal.Narrate(
                $"\n  {Side.Uncommitted.Count} of its inputs {(Side.Uncommitted.Count == 1 ? "is" : "are")} not committed; 'lading why {inputs.Image} --from HEAD' shows which."
            );
        }
    }

    private IEnumerable<(string Name, string Value)> Lines()
    {
        var inputs = Side.Inputs;
        foreach (var (name, value) in ImageSettings.Of(inputs.Parameters))
        {
            yield return (name, Markup.Escape(value));
        }

        foreach (var each in inputs.Bases)
        {
            var digest =
                each.Digest is not { } known ? "[yellow]by its name alone[/]"
                : each.IsPinned ? Identifiers.Short(known)
                : $"[yellow]by its name; built on {Identifiers.Short(known)}[/]";
            yield return ("base", $"{Markup.Escape(each.Reference)}  {digest}");
        }

        if (inputs.Dockerfile is { } dockerfile)
        {
            yield return (
                "dockerfile",
                $"{Markup.Escape(dockerfile.FullPath)}  {Identifiers.Short(dockerfile.Digest)}"
            );
        }

        if (Side.IgnoreFile is { } ignoring)
        {
            yield return ("ignore file", Markup.Escape(ignoring));
        }

        if (inputs.Files.Count > 0 || inputs.Dockerfile is not null)
        {
            var hint = WithFiles ? "" : " [grey](--files lists them)[/]";
            yield return ("files", $"{inputs.Files.Count}{Scope()}{hint}");
        }

        foreach (var file in WithFiles ? inputs.Files : [])
        {
            yield return (
                "",
                $"{Encoding.ASCII.GetString(file.Mode.Octal())} {file.Id.ToString()[..12]} {Markup.Escape(ControlCharacters.ShownInLine(file.FullPath))}"
            );
        }
    }

    private string Scope() =>
        Side.Narrowing switch
        {
            null => "",
            { IsWhole: false } => ", only those that the target can read",
            { Line: { } line, Reason: var reason } =>
                $", [yellow]the whole context[/]: line {line}: {Markup.Escape(reason ?? "")}",
            { Reason: var reason } => $", [yellow]the whole context[/]: {Markup.Escape(reason ?? "")}",
        };
}

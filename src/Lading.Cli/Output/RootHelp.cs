using System.CommandLine;
using System.Text;

namespace Lading.Cli.Output;

/// <summary>The output of <c>lading --help</c>: the verbs by purpose, the options of all, and examples.</summary>
internal static class RootHelp
{
    private const string Others = "More";
    private const int VerbWidth = 12;
    private const int OptionWidth = 26;

    /// <summary>The verbs by purpose. Verbs that are not listed here are shown last.</summary>
    private static readonly (string Purpose, string[] Verbs)[] Groups =
    [
        ("Begin", ["init", "doctor"]),
        ("Publish images", ["plan", "publish", "resolve", "promote"]),
        ("Deploy", ["deploy", "check", "verify", "run"]),
        ("See what runs, and why", ["status", "history", "why"]),
        ("Go back, or hold back", ["rollback", "pin", "unpin"]),
        ("Keep up and clean up", ["bases", "prune", "keep"]),
        ("Work with images and registries", ["image", "registry", "docker"]),
        ("Set up the shell", ["completion"]),
    ];

    public static string Of(RootCommand root)
    {
        var verbs = root.Subcommands.Where(each => !each.Hidden).ToList();
        var text = new StringBuilder();
        text.Append(root.Description).Append("\n\nUsage: lading <verb> [options]\n");
        foreach (var (purpose, names) in Groups)
        {
            Write(text, purpose, [.. names.Select(name => verbs.Find(verb => verb.Name == name)).OfType<Command>()]);
        }

        Write(text, Others, [.. verbs.Where(verb => !IsGrouped(verb.Name))]);
        text.Append("\nOptions of every verb\n");
        foreach (var option in root.Options.Where(each => !each.Hidden))
        {
            Line(text, NameOf(option), OptionWidth, option.Description);
        }

        text.Append("\nExamples\n");
        HelpExamples.Write(text, HelpExamples.Of("lading"));
        return text.Append("\n'lading <verb> --help' shows the options and examples of a verb.\n").ToString();
    }

    /// <summary>Whether a verb is listed under a purpose.</summary>
    public static bool IsGrouped(string verb) => Array.Exists(Groups, group => group.Verbs.Contains(verb));

    private static void Write(StringBuilder text, string purpose, IReadOnlyList<Command> verbs)
    {
        if (verbs.Count == 0)
        {
            return;
        }

        text.Append('\n').Append(purpose).Append('\n');
        foreach (var verb in verbs)
        {
            Line(text, verb.Name, VerbWidth, InBrief(verb.Description));
        }
    }

    private static void Line(StringBuilder text, string name, int width, string? meaning) =>
        text.Append("  ").Append(name.PadRight(width)).Append(meaning).Append('\n');

    private static string NameOf(Option option)
    {
        var aliases = option
            .Aliases.Where(alias => alias.Length == 2 && alias[0] == '-' && alias != "-?")
            .Order(StringComparer.Ordinal);
        var value = option.HelpName is { } name ? $" <{name}>" : "";
        return string.Join(", ", aliases.Append(option.Name).Distinct()) + value;
    }

    /// <summary>The first clause of a description.</summary>
    private static string InBrief(string? description)
    {
        var text = description ?? "";
        string[] details = [". ", ": ", " ("];
        var end = details
            .Select(mark => text.IndexOf(mark, StringComparison.Ordinal))
            .Where(at => at > 0)
            .DefaultIfEmpty(text.Length)
            .Min();
        return text[..end].TrimEnd('.');
    }
}

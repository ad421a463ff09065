using System.CommandLine;
using System.CommandLine.Parsing;
using Lading.Configuration.Json;

namespace Lading.Cli.Commands;

/// <summary>Describes errors in a command line, with suggestions.</summary>
internal static class UsageErrors
{
    /// <summary>Commands of other tools, and what to run instead.</summary>
    private static readonly Dictionary<string, string> OtherWords = new(StringComparer.Ordinal)
    {
        ["build"] = "lading publish",
        ["up"] = "lading deploy",
        ["diff"] = "lading why IMAGE --from ENVIRONMENT",
        ["synth"] = "cdk synth",
        ["bootstrap"] = "cdk bootstrap",
        ["ls"] = "lading status",
        ["ps"] = "lading status",
        ["log"] = "lading history",
        ["logs"] = "lading history",
        ["releases"] = "lading history",
        ["undo"] = "lading rollback",
        ["revert"] = "lading rollback",
        ["gc"] = "lading prune",
        ["clean"] = "lading prune",
        ["cleanup"] = "lading prune",
    };

    /// <summary>The errors, a sentence for each, the most useful first.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var verb = VerbName.Of(parsed);
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            return unknown.StartsWith('-') ? [UnknownOption(parsed, unknown)]
                : command.Subcommands.Count > 0 ? [UnknownVerb(command, verb, unknown)]
                : [$"{verb} takes no argument '{unknown}'."];
        }

        if (command.Subcommands.Count > 0 && command.Action is null)
        {
            return [$"{verb} needs a command: {string.Join(", ", NamesOf(command))}."];
        }

        List<(string Name, string? Description)> missing =
        [
            .. command
                .Arguments.Where(each => each.Arity.MinimumNumberOfValues > 0)
                .Where(each => parsed.GetResult(each) is not { Tokens.Count: > 0 })
                .Select(each => ($"<{each.HelpName ?? each.Name}>", each.Description)),
            .. command
                .Options.Where(each => each.Required && parsed.GetResult(each) is not { Implicit: false })
                .Select(each => ($"{each.Name} <{each.HelpName ?? "value"}>", each.Description)),
        ];
        if (missing.Count > 0)
        {
            return [Missing(verb, missing)];
        }

        IReadOnlyList<string> wrong = [.. GivenOptions(parsed).Select(given => OfOption(verb, given)).OfType<string>()];
        return wrong.Count > 0
            ? wrong
            : [.. parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The error in the number of an option's values; null if there is none.</summary>
    private static string? OfOption(string verb, OptionResult given)
    {
        var option = given.Option;
        var attempted = $"Could not read {option.Name} of {verb}";
        var form = $"{option.Name} <{option.HelpName ?? "value"}>";
        var values = given.Tokens.Select(token => token.Value).ToList();
        return values.Count < option.Arity.MinimumNumberOfValues
                ? $"{attempted}: no value follows it. Write {form}: {option.Description}"
            : values.Count > option.Arity.MaximumNumberOfValues
                ? $"{attempted}: it has {values.Count} values ({string.Join(", ", values)}), and takes one. Write {form} once."
            : null;
    }

    /// <summary>The options on the command line, of the verb and of its parents.</summary>
    private static IEnumerable<OptionResult> GivenOptions(ParseResult parsed)
    {
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult each; result = each.Parent)
        {
            foreach (var option in each.Children.OfType<OptionResult>().Where(option => !option.Implicit))
            {
                yield return option;
            }
        }
    }

    /// <summary>The error for missing arguments and options: a sentence, then a line on each, as in the help.</summary>
    private static string Missing(string verb, IReadOnlyList<(string Name, string? Description)> missing)
    {
        var width = missing.Max(each => each.Name.Length);
        var lines = missing.Select(each => $"\n  {each.Name.PadRight(width)}  {each.Description}");
        return $"{verb} needs {string.Join(" and ", missing.Select(each => each.Name))}.{string.Concat(lines)}";
    }

    /// <summary>
    /// The error for an unknown option: <c>lading publish has no option --envv. Did you mean --env?</c>
    /// </summary>
    public static string UnknownOption(ParseResult parsed, string option)
    {
        var name = option.Split('=')[0];
        var closest = ClosestMatch.Find(name.TrimStart('-'), OptionsOf(parsed).Select(each => each.TrimStart('-')));
        return $"{VerbName.Of(parsed)} has no option {name}.{(closest is null ? "" : $" Did you mean --{closest}?")}";
    }

    private static string UnknownVerb(Command command, string verb, string unknown)
    {
        if (command is RootCommand && OtherWords.GetValueOrDefault(unknown) is { } word)
        {
            return $"{verb} has no command {unknown}. Did you mean '{word}'?";
        }

        var own = NamesOf(command).ToList();
        if (ClosestMatch.Find(unknown, own) is { } closest)
        {
            return $"{verb} has no command {unknown}. Did you mean {closest}?";
        }

        // The user may have left out the parent verb: 'lading inspect'.
        var inner = command
            .Subcommands.SelectMany(each => each.Subcommands.Select(nested => (Verb: each.Name, nested.Name)))
            .FirstOrDefault(each => each.Name == unknown);
        return inner.Name is null
            ? $"{verb} has no command {unknown}. It has {string.Join(", ", own)}."
            : $"{verb} has no command {unknown}. Did you mean '{verb} {inner.Verb} {inner.Name}'?";
    }

    private static IEnumerable<string> NamesOf(Command command) =>
        command.Subcommands.Where(each => !each.Hidden).Select(each => each.Name);

    /// <summary>The options of the verb, and inherited ones.</summary>
    private static IEnumerable<string> OptionsOf(ParseResult parsed)
    {
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult each; result = each.Parent)
        {
            foreach (
                var option in each.Command.Options.Where(option =>
                    !option.Hidden && (option.Recursive || result == parsed.CommandResult)
                )
            )
            {
                yield return option.Name;
            }
        }
    }
}

using System.CommandLine;

namespace Lading.Cli.Commands;

/// <summary>The options of every verb.</summary>
internal static class GlobalOptions
{
    public static Option<string?> Environment { get; } =
        new("--env", "-e")
        {
            Description = "The environment in lading.json to work on. Default: LADING_ENV, else local.",
            HelpName = "name",
            Recursive = true,
        };

    public static Option<OutputForm> Output { get; } = CreateOutput();

    public static Option<bool> Verbose { get; } =
        new("--verbose", "-v") { Description = "Show each step and each request.", Recursive = true };

    public static Option<string?> Directory { get; } =
        new("--directory", "-C")
        {
            Description = "Work as if started in this folder.",
            HelpName = "folder",
            Recursive = true,
        };

    private static Option<OutputForm> CreateOutput()
    {
        var option = ChoiceOption.Of("--output", [("text", OutputForm.Text), ("json", OutputForm.Json)], "-o");
        option.Description = "Text for people, or one JSON document on standard output.";
        option.Recursive = true;
        return option;
    }

    public static void AddTo(Command root)
    {
        root.Options.Add(Environment);
        root.Options.Add(Output);
        root.Options.Add(Verbose);
        root.Options.Add(Directory);
    }
}

/// <summary>The format of standard output.</summary>
internal enum OutputForm
{
    Text,
    Json,
}

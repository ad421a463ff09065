using System.CommandLine;

namespace Lading.Cli.Commands.Completion;

/// <summary><c>lading completion</c>: prints a shell script that calls this program for completions.</summary>
internal static class CompletionCommand
{
    private static readonly IReadOnlyDictionary<string, string> Files = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        ["bash"] = "lading.bash",
        ["zsh"] = "lading.zsh",
        ["fish"] = "lading.fish",
        ["powershell"] = "lading.ps1",
    };

    /// <summary>The supported shells.</summary>
    public static IEnumerable<string> Shells => Files.Keys;

    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "completion",
            "Prints the script that completes verbs, options, images, environments and stacks in a shell."
        );
        var shell = new Argument<string>("shell") { Description = $"The shell: {string.Join(", ", Shells)}." };
        command.Arguments.Add(shell);
        context.OnRun(
            command,
            async (invocation, cancellationToken) =>
            {
                var script = ScriptFor(invocation.Value(shell) ?? "");
                await invocation.Host.Out.WriteAsync(script.AsMemory(), cancellationToken).ConfigureAwait(false);
                return 0;
            }
        );
        return command;
    }

    /// <summary>The script for a shell.</summary>
    /// <exception cref="LadingException">The shell is not supported.</exception>
    public static string ScriptFor(string shell)
    {
        if (!Files.TryGetValue(shell == "pwsh" ? "powershell" : shell, out var file))
        {
            throw LadingException.Usage(
                "Could not print the completion",
                $"'{shell}' is not a shell that Lading knows",
                $"Name one of {string.Join(", ", Shells)}."
            );
        }

        using var stream = typeof(CompletionCommand).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

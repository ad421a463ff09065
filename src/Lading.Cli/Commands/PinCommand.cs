using System.CommandLine;
using Lading.Cli.Output;
using Lading.Projects;

namespace Lading.Cli.Commands;

/// <summary><c>lading pin</c>: holds an image back at a revision.</summary>
internal static class PinCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "pin",
            "Holds an image back at a revision until 'lading unpin'. Changes only lading.json."
        );
        var image = new Argument<string>("image@revision")
        {
            Description = "The image, and the commit (hash, branch, tag, HEAD~2) to hold it at.",
        };
        var reason = new Option<string>("--reason")
        {
            Description = "Why, for the next reader of lading.json.",
            HelpName = "text",
            Required = true,
        };
        command.Arguments.Add(image);
        command.Options.Add(reason);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                RunAsync(invocation, invocation.Value(image)!, invocation.Value(reason)!, cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        string argument,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var (name, revision) = Split(argument);
        var held = await new ImageHolds(invocation.Host.WorkingDirectory)
            .HoldBackAsync(name, revision, reason, cancellationToken)
            .ConfigureAwait(false);
        HoldScreen.ShowHeld(invocation, held, revision);
        return 0;
    }

    /// <summary>Splits at the first <c>@</c>: a revision may contain one (<c>HEAD@{1}</c>), a name may not.</summary>
    private static (string Name, string Revision) Split(string argument)
    {
        var at = argument.IndexOf('@', StringComparison.Ordinal);
        var name = at < 0 ? argument : argument[..at];
        return at > 0 && at < argument.Length - 1
            ? (name, argument[(at + 1)..])
            : throw LadingException.Usage(
                $"Could not hold back '{argument}'",
                "it names no image and revision",
                $"Write 'lading pin {(name.Length > 0 ? name : "web")}@4e1c0d2 --reason \"…\"'."
            );
    }
}

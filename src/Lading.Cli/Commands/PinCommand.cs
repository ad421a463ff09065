using System.CommandLine;
using Lading.Cli.Output;
using Lading.Configuration;
using Lading.Git;

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
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw LadingException.Usage(
                $"Could not hold {name} back",
                "--reason is empty",
                "Say why, for the next reader of lading.json."
            );
        }

        var file = ConfigurationFile.Get(invocation.Host.WorkingDirectory);
        (await file.ReadAsync(cancellationToken).ConfigureAwait(false)).GetImage(name);
        var repository = await GitRepository.FindAsync(file.Folder, cancellationToken).ConfigureAwait(false);
        var past = await PastImage.GetAsync(repository, name, revision, cancellationToken).ConfigureAwait(false);
        var hold = new Hold(past.Commit.ToString(), reason.Trim());
        var changed = await file.ChangeAsync(
                json => ConfigurationEdit.SetHold(json, file.DisplayPath, name, hold),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (invocation.Json)
        {
            invocation.Terminal.Result(HoldDocument.Of(name, hold, changed));
            return 0;
        }

        invocation.Terminal.Result($"  {name} is held at {Identifiers.Commit(hold.Revision)} \"{past.Subject}\"");
        if (past.HeldAt is { } heldAt)
        {
            invocation.Terminal.Narrate(
                $"  ({revision} is {Identifiers.Commit(heldAt.ToString())}, where it was itself held at that commit.)"
            );
        }

        invocation.Terminal.Narrate(
            changed
                ? $"  Review the change of {file.DisplayPath} and commit it. 'lading unpin {name}' ends it."
                : $"  {file.DisplayPath} said so already."
        );
        return 0;
    }

    /// <summary>A revision may contain an <c>@</c> (<c>HEAD@{1}</c>), a name may not.</summary>
    private static (string Name, string Revision) Split(string argument)
    {
        var at = argument.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < argument.Length - 1
            ? (argument[..at], argument[(at + 1)..])
            : throw LadingException.Usage(
                $"Could not hold back '{argument}'",
                "it names no image and revision",
                "Write 'lading pin web@4e1c0d2 --reason \"…\"'."
            );
    }
}

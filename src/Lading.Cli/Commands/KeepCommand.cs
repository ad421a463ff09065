using System.CommandLine;
using Lading.Cli.Output;
using Lading.Configuration;

namespace Lading.Cli.Commands;

/// <summary><c>lading keep</c>: keeps an image from clean-up until a day, or stops keeping it.</summary>
internal static class KeepCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "keep",
            "Keeps an image from 'lading prune' until a day, or ends that. Changes only lading.json."
        );
        var image = new Argument<string>("image@digest")
        {
            Description = "An image of lading.json, or a repository, and the digest: web@sha256:….",
        };
        var until = new Option<string?>("--until")
        {
            Description = "The last day, in UTC: 2027-03-31.",
            HelpName = "date",
        };
        var reason = new Option<string?>("--reason")
        {
            Description = "Why, for the next reader of lading.json.",
            HelpName = "text",
        };
        var end = new Option<bool>("--end") { Description = "Keep it no longer." };
        command.Arguments.Add(image);
        command.Options.Add(until);
        command.Options.Add(reason);
        command.Options.Add(end);
        context.OnRun(
            command,
            async (invocation, cancellationToken) =>
            {
                var request = new KeepRequest(
                    invocation.Value(image)!,
                    invocation.Value(until),
                    invocation.Value(reason)?.Trim(),
                    invocation.Value(end)
                );
                var outcome = await request
                    .RunAsync(invocation.Host.WorkingDirectory, invocation.Host.Time, cancellationToken)
                    .ConfigureAwait(false);
                KeepScreen.Show(invocation, outcome);
                return 0;
            }
        );
        return command;
    }
}

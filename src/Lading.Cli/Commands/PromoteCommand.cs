using System.CommandLine;

namespace Lading.Cli.Commands;

/// <summary><c>lading promote FROM TO</c>: publish by another name, for an environment that takes its images from another one.</summary>
internal static class PromoteCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "promote",
            "Copies images by digest from one environment to another; nothing is built."
        );
        var from = new Argument<string>("from") { Description = "The environment that has the images." };
        var to = new Argument<string>("to") { Description = "The environment that gets them." };
        command.Arguments.Add(from);
        command.Arguments.Add(to);
        var options = new PublishOptions();
        options.AddTo(command, withDirty: false);
        context.OnRun(
            command,
            async (invocation, cancellationToken) =>
            {
                var project = await Project.FindAsync(invocation, cancellationToken).ConfigureAwait(false);
                var target = Between(project, invocation.Value(from)!, invocation.Value(to)!);
                await Publication
                    .RunAsync(invocation, target, options.Read(invocation), cancellationToken)
                    .ConfigureAwait(false);
                return 0;
            }
        );
        return command;
    }

    private static Project Between(Project project, string from, string to)
    {
        var target = project.In(to);
        _ = project.In(from);
        return target.Environment.PromoteFrom == from
            ? target
            : throw LadingException.Usage(
                $"Could not promote {from} to {to}",
                target.Environment.PromoteFrom is { } other
                    ? $"{to} takes its images from {other}"
                    : $"{to} takes its images from no other environment",
                $"Run 'lading publish --env {to}', or set \"promoteFrom\": \"{from}\" of environment {to} in lading.json."
            );
    }
}

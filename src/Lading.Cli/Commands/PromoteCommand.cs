using System.CommandLine;
using Lading.Cli.Output;
using Lading.Projects;
using Lading.Shipping;

namespace Lading.Cli.Commands;

/// <summary><c>lading promote FROM TO</c>: publish under another name, for an environment that images are promoted to.</summary>
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
                var project = await invocation.FindProjectAsync(cancellationToken).ConfigureAwait(false);
                var target = Between(project, invocation.Value(from)!, invocation.Value(to)!);
                using var workspace = invocation.OpenWorkspace(target);
                var screen = new ShippingScreen(invocation);
                await screen
                    .WatchAsync(
                        new Publication(workspace).RunAsync(options.Read(invocation), screen, cancellationToken)
                    )
                    .ConfigureAwait(false);
                return 0;
            }
        );
        return command;
    }

    private static Project Between(Project project, string from, string to)
    {
        var target = project.In(to);
        var origin = project.In(from);
        return target.Environment.PromoteFrom == from
            ? target
            : throw LadingException.Usage(
                $"Could not promote {from} to {to}",
                from == to ? "both are the same environment"
                    : target.Environment.PromoteFrom is { } other ? $"{to} takes its images from {other}"
                    : origin.Environment.PromoteFrom == to
                        ? $"it is the other way round: {from} takes its images from {to}"
                    : $"{to} takes its images from no other environment",
                Advise(project, from, to)
            );
    }

    /// <summary>Suggests an order that works: never a cycle.</summary>
    private static string Advise(Project project, string from, string to)
    {
        var target = project.In(to).Environment;
        if (target.PromoteFrom is { } other)
        {
            return $"Run 'lading promote {other} {to}'.";
        }

        var receivers = project
            .Configuration.Environments.Values.Where(each => each.PromoteFrom == to)
            .Select(each => $"'lading promote {to} {each.Name}'")
            .ToList();
        if (from == to || project.In(from).Environment.PromoteFrom == to)
        {
            return receivers.Count > 0
                ? $"Run {string.Join(" or ", receivers)}; 'lading publish --env {to}' builds what {to} lacks."
                : $"Run 'lading publish --env {to}'.";
        }

        return LeadsTo(project, from, to)
            ? $"Run 'lading publish --env {to}': images go from {to} to {from}."
            : $"Run 'lading publish --env {to}', or set \"promoteFrom\": \"{from}\" of environment {to} in lading.json.";
    }

    /// <summary>Whether images of one environment are promoted to another, directly or indirectly.</summary>
    private static bool LeadsTo(Project project, string from, string to)
    {
        // The configuration has no cycles.
        for (
            var next = project.In(from).Environment.PromoteFrom;
            next is not null;
            next = project.In(next).Environment.PromoteFrom
        )
        {
            if (next == to)
            {
                return true;
            }
        }

        return false;
    }
}

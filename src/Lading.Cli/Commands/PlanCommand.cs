using System.CommandLine;
using Lading.Cli.Output;
using Lading.Fingerprints;
using Lading.Shipping;

namespace Lading.Cli.Commands;

/// <summary><c>lading plan</c>: what publishing would do, without doing it.</summary>
internal static class PlanCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command("plan", "Shows what publish would build, copy and push, without doing it.");
        var sources = new SourceOptions();
        sources.AddTo(command);
        var offline = new Option<bool>("--offline")
        {
            Description = "Ask no registry: identities only, as if none had anything.",
        };
        command.Options.Add(offline);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                RunAsync(
                    invocation,
                    // A plan as JSON says nothing of what is uncommitted.
                    sources.Read(invocation) with
                    {
                        TellsChanges = !invocation.Json,
                    },
                    invocation.Value(offline),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        SourcesRequest request,
        bool offline,
        CancellationToken cancellationToken
    )
    {
        var project = await Project.FindAsync(invocation, cancellationToken).ConfigureAwait(false);
        using var work = WorkFolder.Create(project, invocation.Host);
        using var registries = new Registries(project, invocation);
        if (!offline)
        {
            await Planning.PrepareAsync(registries, project, cancellationToken).ConfigureAwait(false);
        }

        var sources = await ProjectSources
            .OpenAsync(project.Folder, request, work.Path, cancellationToken)
            .ConfigureAwait(false);
        await using (sources.ConfigureAwait(false))
        {
            var plan = offline
                ? ShippingPlan.ForPublish(project.Environment, sources.Images, null)
                : await Planning
                    .PlanAsync(registries, project, sources.Images, only: null, cancellationToken)
                    .ConfigureAwait(false);
            WorkflowResults.Of(new WorkflowRun(invocation.Host, invocation.Terminal), plan);
            if (invocation.Json)
            {
                invocation.Terminal.Result(PlanDocument.Of(plan));
            }
            else
            {
                PlanScreen.Show(invocation.Terminal, plan, offline);
                WarnOfChanges(invocation.Terminal, sources, request);
            }

            return 0;
        }
    }

    private static void WarnOfChanges(Terminal terminal, ProjectSources sources, SourcesRequest request)
    {
        var dirty = sources.Images.Where(image => image.Changes.Count > 0).Select(image => image.Name).ToList();
        if (dirty.Count > 0 && !request.Uncommitted)
        {
            terminal.Warn(
                $"uncommitted inputs of {string.Join(", ", dirty)} are not in this plan, which is that of HEAD; --dirty plans with them."
            );
        }
    }
}

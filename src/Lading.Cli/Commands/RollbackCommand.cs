using System.CommandLine;
using Lading.Cli.Output;
using Lading.Rollbacks;

namespace Lading.Cli.Commands;

/// <summary><c>lading rollback</c>: deploys the current template with the images of an earlier release.</summary>
internal static class RollbackCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "rollback",
            "Goes back to a release that ran well: deploys the stack's own template with that release's images, once they are proven to be there, and follows it to its end. Asks before it changes anything."
        );
        var options = new RollbackOptions();
        options.AddTo(command);
        context.OnRun(command, (invocation, cancellationToken) => RunAsync(invocation, options, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        RollbackOptions options,
        CancellationToken cancellationToken
    )
    {
        var asks = options.ReadAsks(invocation);
        var (project, environment) = await options
            .ReadEnvironmentAsync(invocation, cancellationToken)
            .ConfigureAwait(false);
        var request = options.Read(invocation, project);
        using var gathering = invocation.OpenGathering();
        using var opened = invocation.OpenStackUpdates(environment);
        using var registries = invocation.OpenRegistries(project, profile: environment.Profile);
        using var leases = invocation.OpenLeases(environment);
        var screen = new RollbackConsentScreen(invocation, environment, asks);
        var rollback = new RollbackRun(
            gathering,
            opened.Updates,
            registries,
            invocation.OpenLeasing(leases),
            new RollbackPlanning(gathering, opened.Updates, registries, opened.Pulls, project),
            invocation.Host.Time
        );
        var progress = new RollbackProgressScreen(invocation.Terminal, environment);
        var result = await rollback
            .RunAsync(environment, request, screen, progress, cancellationToken)
            .ConfigureAwait(false);
        screen.Show(result, request.IsDry);
        return result is RollbackResult.Declined ? ExitCode.Cancelled : (int)result.Kind;
    }
}

using Lading.Cli.Output;
using Lading.Launching;
using Lading.Projects;
using Lading.Retention;
using Lading.Retention.Gathering;
using Lading.Retention.Local;

namespace Lading.Cli.Commands;

/// <summary>What the verbs about clean-up have in common.</summary>
internal static class RetentionCommands
{
    /// <summary>Reads who uses the images of an environment's registry, and decides what may be deleted.</summary>
    public static async Task<RetentionReport> PlanRetentionAsync(
        this Invocation invocation,
        Project project,
        RetentionOptions options,
        CancellationToken cancellationToken
    )
    {
        using var opened = await invocation
            .OpenRetentionAsync(project, options, cancellationToken)
            .ConfigureAwait(false);
        return await opened.PlanAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens the evidence on an environment's registry: AWS and the clone, or the clone alone.</summary>
    public static async Task<OpenedRetention> OpenRetentionAsync(
        this Invocation invocation,
        Project project,
        RetentionOptions options,
        CancellationToken cancellationToken
    )
    {
        var environment = project.Environment;
        var policy = RetentionPolicy.Of(project.Configuration.Retention, options.Others(invocation));
        if (environment.IsEmbedded)
        {
            var local = await LocalEvidence
                .OpenAsync(
                    project,
                    StateFolder.Find(invocation.Host.Variable),
                    invocation.FindNamedLocks(project),
                    invocation.Host.Time,
                    cancellationToken
                )
                .ConfigureAwait(false);
            return new OpenedRetention(environment.Name, StoreFacts.Host, local, LocalEvidence.Policy(policy), []);
        }

        var scope = RetentionScope.Of(
            project.Configuration,
            environment,
            options.Accounts(invocation),
            options.Others(invocation)
        );
        var screen = new EvidenceScreen(invocation.Terminal, invocation.Host.Time);
        var reading = invocation.OpenAwsEvidence(project, scope, policy, screen);
        return new OpenedRetention(
            environment.Name,
            environment.RegistryHost!,
            new ProjectEvidence(
                reading,
                project,
                environment.RegistryHost!,
                StateFolder.Find(invocation.Host.Variable),
                invocation.FindNamedLocks(project),
                invocation.Host.Time
            ),
            policy,
            [reading, screen]
        );
    }

    /// <summary>The location of the caller's locks, from the project's folder: other working trees and commits have them there too.</summary>
    private static string? FindNamedLocks(this Invocation invocation, Project project) =>
        invocation.Host.Variable(CdkVariables.Lock) is { } named
            ? Path.GetRelativePath(project.Folder.Path, Path.GetFullPath(named, invocation.Host.WorkingDirectory))
            : null;
}

using Lading.Cli.Output;
using Lading.Launching;
using Lading.Projects;
using Lading.Retention;
using Lading.Retention.Gathering;
using Lading.Retention.Local;

namespace Lading.Cli.Commands;

/// <summary>Opens the evidence for the verbs about clean-up.</summary>
internal static class RetentionCommands
{
    /// <summary>Reads the uses of the images in an environment's registry, and decides which may be deleted.</summary>
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

    /// <summary>
    /// Opens the evidence on an environment's registry: from AWS and the clone, or for an embedded registry from the
    /// clone alone.
    /// </summary>
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
        var evidence = invocation.OpenAwsEvidence(project, scope, policy, screen);
        return new OpenedRetention(
            environment.Name,
            environment.RegistryHost!,
            new ProjectEvidence(
                evidence,
                project,
                environment.RegistryHost!,
                StateFolder.Find(invocation.Host.Variable),
                invocation.FindNamedLocks(project),
                invocation.Host.Time
            ),
            policy,
            [evidence, screen]
        );
    }

    /// <summary>
    /// The location of the caller's locks, relative to the project's folder, so that it applies to other working trees
    /// and commits too.
    /// </summary>
    private static string? FindNamedLocks(this Invocation invocation, Project project) =>
        invocation.Host.Variable(CdkVariables.Lock) is { } named
            ? Path.GetRelativePath(project.Folder.Path, Path.GetFullPath(named, invocation.Host.WorkingDirectory))
            : null;
}

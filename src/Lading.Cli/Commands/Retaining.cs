using Lading.Cli.Output;
using Lading.Launching;
using Lading.Projects;
using Lading.Retention;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;
using Lading.Retention.Local;

namespace Lading.Cli.Commands;

/// <summary>What the verbs about clean-up have in common.</summary>
internal static class Retaining
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

        var scope = ScopeOf(invocation, project, options);
        var screen = new EvidenceScreen(invocation.Terminal, invocation.Host.Time);
        var reading = invocation.OpenAwsEvidence(project, scope, policy, screen);
        return new OpenedRetention(
            environment.Name,
            environment.RegistryHost!,
            invocation.WithProject(reading, project),
            policy,
            [reading, screen]
        );
    }

    /// <summary>What to clean up, and where to look for uses.</summary>
    /// <exception cref="LadingException">The environment has no registry in ECR.</exception>
    public static RetentionScope ScopeOf(Invocation invocation, Project project, RetentionOptions options) =>
        project.Environment is { Account: not null, RegistryAccount: not null } environment
            ? RetentionScope.Of(
                project.Configuration,
                environment,
                options.Accounts(invocation),
                options.Others(invocation)
            )
            : throw LadingException.Usage(
                $"Could not clean up environment {project.Environment.Name}",
                "its registry is not ECR, and only AWS can tell who uses an image",
                "Name an environment with an \"account\": lading prune --env NAME"
            );

    /// <summary>The same evidence, extended by the project's clone and its list of references.</summary>
    public static IRetentionEvidence WithProject(
        this Invocation invocation,
        IRetentionEvidence reading,
        Project project
    ) =>
        new ProjectEvidence(
            reading,
            project,
            project.Environment.RegistryHost!,
            StateFolder.Find(invocation.Host.Variable),
            invocation.FindNamedLocks(project),
            invocation.Host.Time
        );

    /// <summary>The location of the caller's locks, from the project's folder: other working trees and commits have them there too.</summary>
    private static string? FindNamedLocks(this Invocation invocation, Project project) =>
        invocation.Host.Variable(CdkVariables.Lock) is { } named
            ? Path.GetRelativePath(project.Folder.Path, Path.GetFullPath(named, invocation.Host.WorkingDirectory))
            : null;
}

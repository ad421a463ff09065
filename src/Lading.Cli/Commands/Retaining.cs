using Lading.Aws.Retention;
using Lading.Cli.Output;
using Lading.Projects;
using Lading.Registry;
using Lading.Retention;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;

namespace Lading.Cli.Commands;

/// <summary>What the verbs that ask what may be deleted have in common.</summary>
internal static class Retaining
{
    /// <summary>Reads who uses the images of an environment's registry, and decides what may go.</summary>
    public static async Task<RetentionReport> PlanRetentionAsync(
        this Invocation invocation,
        Project project,
        RetentionOptions options,
        CancellationToken cancellationToken
    )
    {
        var policy = RetentionPolicy.Of(project.Configuration.Retention, options.Others(invocation));
        using var screen = new EvidenceScreen(invocation.Terminal, invocation.Host.Time);
        using var reading = invocation.OpenAwsEvidence(project, options, policy, screen);
        return await new RetentionRun(reading, policy)
            .RunAsync(project.Environment.Name, project.Environment.RegistryHost!, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Reads the evidence from AWS.</summary>
    /// <exception cref="LadingException">The environment has no registry in ECR.</exception>
    public static AwsRetentionEvidence OpenAwsEvidence(
        this Invocation invocation,
        Project project,
        RetentionOptions options,
        RetentionPolicy policy,
        IRetentionProgress? progress
    )
    {
        if (project.Environment is not { Account: not null, RegistryAccount: not null } environment)
        {
            throw LadingException.Usage(
                $"Could not clean up environment {project.Environment.Name}",
                "its registry is not ECR, and only AWS can tell who uses an image",
                "Name an environment with an \"account\": lading prune --env NAME"
            );
        }

        var host = invocation.Host;
        var log = invocation.Verbose ? invocation.Terminal.Narrate : (Action<string>?)null;
        var connections = new RegistryConnections(host.Variable, host.Time, host.Random, log);
        var scope = RetentionScope.Of(project.Configuration, environment, options.Accounts(invocation), policy.Others);
        return new AwsRetentionEvidence(
            scope,
            UseReaders.All(policy.Releases),
            each => invocation.OpenSession(each, connections, isPatient: true),
            host.Time,
            connections
        )
        {
            Progress = progress,
            Memory = new ManifestMemory(Path.Combine(project.OwnFolder, "cache", "manifests")),
        };
    }
}

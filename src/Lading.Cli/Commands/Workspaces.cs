using Lading.Aws;
using Lading.Aws.Credentials;
using Lading.Aws.Diagnosis;
using Lading.Aws.Ecr;
using Lading.Aws.Retention;
using Lading.Aws.Running;
using Lading.Cli.Output;
using Lading.Configuration;
using Lading.Deploying;
using Lading.Diagnosis;
using Lading.Leases;
using Lading.Processes;
using Lading.Projects;
using Lading.Registries;
using Lading.Registry;
using Lading.Retention;
using Lading.Retention.Gathering;
using Lading.Rollbacks;
using Lading.Running;
using Lading.Shipping;

namespace Lading.Cli.Commands;

/// <summary>Creates the objects that a verb passes to a use case, from the command line and the process.</summary>
internal static class Workspaces
{
    /// <summary>The project of the working directory, in the selected environment.</summary>
    /// <exception cref="LadingException">There is no <c>lading.json</c>, it has errors, or does not have the environment.</exception>
    public static Task<Project> FindProjectAsync(this Invocation invocation, CancellationToken cancellationToken) =>
        Project.FindAsync(invocation.Host.WorkingDirectory, invocation.EnvironmentName, cancellationToken);

    /// <summary>The project with its registries and a temporary folder.</summary>
    /// <exception cref="LadingException">There is no <c>lading.json</c>, it has errors, or does not have the environment.</exception>
    public static async Task<Workspace> OpenWorkspaceAsync(
        this Invocation invocation,
        CancellationToken cancellationToken
    ) => invocation.OpenWorkspace(await invocation.FindProjectAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>A project with its registries and a temporary folder.</summary>
    public static Workspace OpenWorkspace(this Invocation invocation, Project project) =>
        new(
            project,
            invocation.OpenRegistries(project),
            WorkFolder.Create(project, invocation.Host.Time, invocation.Host.Random),
            invocation.Host.Time
        );

    /// <summary>Reads the evidence of environments from AWS.</summary>
    public static IEnvironmentGathering OpenGathering(this Invocation invocation)
    {
        var connections = invocation.OpenConnections();
        return new EnvironmentGathering(
            environment => invocation.OpenSession(environment, connections),
            invocation.Host.Time,
            connections
        );
    }

    /// <summary>The checks of AWS accounts.</summary>
    public static IOpenChecks OpenAccountChecks(
        this Invocation invocation,
        ExaminedMachine machine,
        IReadOnlyList<EnvironmentDefinition> environments
    )
    {
        var connections = invocation.OpenConnections();
        return new OpenAccountChecks(
            machine,
            environments,
            environment => invocation.OpenSession(environment, connections, namesChecks: false),
            invocation.OpenRegistries(machine.Project),
            connections
        );
    }

    /// <summary>Updates stacks of an AWS account.</summary>
    public static IOpenUpdates OpenStackUpdates(this Invocation invocation, EnvironmentDefinition environment)
    {
        var connections = invocation.OpenConnections();
        return new OpenStackUpdates(
            invocation.OpenSession(environment, connections),
            invocation.Host.Time,
            connections
        );
    }

    /// <summary>Stores leases of the stacks of an environment.</summary>
    public static ILeaseStore OpenLeases(this Invocation invocation, EnvironmentDefinition environment)
    {
        var connections = invocation.OpenConnections();
        return new ParameterLeases(invocation.OpenSession(environment, connections), connections);
    }

    /// <summary>Takes leases from a store, and reports their events.</summary>
    public static Leasing OpenLeasing(this Invocation invocation, ILeaseStore store) =>
        new(store, new LeaseScreen(invocation.Terminal), invocation.Host.Time, invocation.Host.Random)
        {
            Job = JobAddress.Find(invocation.Host.Variable),
        };

    /// <summary>
    /// Ensures that the profile named on the command line exists: keys in variables must not replace it.
    /// </summary>
    /// <exception cref="LadingException">The AWS configuration does not have the profile, or cannot be read.</exception>
    public static void EnsureProfile(this Invocation invocation, string profile) =>
        ProfileSearch.Ensure(profile, invocation.Host.Variable);

    /// <summary>The accounts and regions of a deployment.</summary>
    public static DeployAccounts OpenDeployAccounts(this Invocation invocation) =>
        new(
            invocation.OpenGathering(),
            invocation.OpenLeases,
            invocation.OpenLeasing,
            new LeaseScreen(invocation.Terminal)
        );

    /// <summary>Reads the images in a registry, and their uses in AWS.</summary>
    /// <param name="invocation">The current run of the verb.</param>
    /// <param name="project">The project.</param>
    /// <param name="scope">The repositories to clean up, and the accounts to look for uses in.</param>
    /// <param name="policy">The policy, which says how many releases are read.</param>
    /// <param name="progress">Receives the progress; null for none.</param>
    public static IAccountEvidence OpenAwsEvidence(
        this Invocation invocation,
        Project project,
        RetentionScope scope,
        RetentionPolicy policy,
        IRetentionProgress? progress
    )
    {
        var connections = invocation.OpenConnections();
        return new AwsRetentionEvidence(
            scope,
            UseReaders.All(policy),
            each => invocation.OpenSession(each, connections, isPatient: true),
            invocation.Host.Time,
            connections
        )
        {
            Progress = progress,
            Memory = new ManifestMemory(Path.Combine(project.OwnFolder, "cache", "manifests")),
        };
    }

    /// <summary>The connections that the sessions and registries of a use case share.</summary>
    private static RegistryConnections OpenConnections(this Invocation invocation) =>
        new(
            invocation.Host.Variable,
            invocation.Host.Time,
            invocation.Host.Random,
            invocation.Verbose ? invocation.Terminal.Narrate : null
        );

    /// <summary>Opens an account and region.</summary>
    /// <param name="invocation">The current run of the verb.</param>
    /// <param name="environment">The account and region.</param>
    /// <param name="connections">The shared connections.</param>
    /// <param name="isPatient">Whether to expect thousands of calls, many of them throttled.</param>
    /// <param name="namesChecks">Whether errors refer to checks of <c>lading doctor</c>.</param>
    private static AwsSession OpenSession(
        this Invocation invocation,
        EnvironmentDefinition environment,
        RegistryConnections connections,
        bool isPatient = false,
        bool namesChecks = true
    ) =>
        new(
            AwsSettings.For(
                environment with
                {
                    Account = environment.Account ?? "",
                },
                invocation.Host.Variable,
                invocation.Terminal.AskCode,
                namesChecks
            ),
            connections.Http,
            isPatient
                ? connections.Schedule with
                {
                    Tries = 20,
                    LongestWait = TimeSpan.FromSeconds(5),
                    Total = TimeSpan.FromMinutes(10),
                }
                : connections.Schedule,
            environment.Account is { } account ? [account] : [],
            connections.Log
        );

    /// <summary>Registries of every kind.</summary>
    /// <param name="invocation">The current run of the verb.</param>
    /// <param name="project">The project; null if registries are identified by host alone.</param>
    /// <param name="plainHttp">Whether plain HTTP is used for hosts that are in no environment.</param>
    /// <param name="profile">The AWS profile for hosts that are in no environment; null for that of the project's environment.</param>
    public static ProjectRegistries OpenRegistries(
        this Invocation invocation,
        Project? project,
        bool plainHttp = false,
        string? profile = null
    )
    {
        var connections = invocation.OpenConnections();
        return ProjectRegistries.OfEveryKind(
            project,
            connections,
            invocation.Host.Time,
            plainHttp,
            profile,
            new EcrProvider(connections, invocation.Host.Variable, invocation.Terminal.AskCode)
        );
    }

    /// <summary>The process of the verb.</summary>
    public static CallingProcess Caller(this Invocation invocation) =>
        new()
        {
            WorkingDirectory = invocation.Host.WorkingDirectory,
            Variable = invocation.Host.Variable,
            Self = invocation.Host.Self,
            Ancestors = invocation.Host.Ancestors,
        };

    /// <summary>
    /// The environment for cdk. If the verb's result is one JSON document, cdk's output goes to standard error.
    /// </summary>
    public static CdkHost CdkHost(this Invocation invocation) =>
        new(
            invocation.Caller(),
            environment =>
                ProfileSearch.Has(environment.Profile!, AwsSettings.For(environment, invocation.Host.Variable)),
            invocation.Json ? invocation.Host.Error : null
        )
        {
            HasTerminal = invocation.Host.ErrorIsTerminal,
        };
}

using Lading.Aws.Running;
using Lading.Configuration;
using Lading.Diagnosis;
using Lading.Leases;
using Lading.Oci;
using Lading.Registries;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Aws.Diagnosis;

/// <summary>
/// The account and region of an environment that checks examine. Facts that several checks need are read once.
/// </summary>
internal sealed class ExaminedAccount : IDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly Lock gate = new();
    private readonly Func<CancellationToken, Task<EnvironmentEvidence>> gather;
    private string? caller;
    private Task<EnvironmentEvidence>? evidence;
    private Task<IReadOnlyDictionary<string, RepositorySettings?>>? repositories;
    private Task<IReadOnlyList<(string Service, TaskDefinitionEvidence Definition)>>? definitions;

    /// <param name="machine">This machine, and the project.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="session">The session of its account and region.</param>
    /// <param name="gathering">Reads the evidence on what it runs.</param>
    /// <param name="registries">Opens registries.</param>
    public ExaminedAccount(
        ExaminedMachine machine,
        EnvironmentDefinition environment,
        AwsSession session,
        IEnvironmentGathering gathering,
        IRegistries registries
    )
    {
        Machine = machine;
        Environment = environment;
        Session = session;
        Reader = new AccountReader(session, () => Account);
        Registries = registries;
        Leases = new ParameterLeases(session);
        var scope = new StackScope(environment, machine.Project?.Configuration);
        gather = token => gathering.ReadAsync(environment, scope.Owns, [], token);
    }

    public ExaminedMachine Machine { get; }

    public EnvironmentDefinition Environment { get; }

    public AwsSession Session { get; }

    public IRegistries Registries { get; }

    /// <summary>Sends an operation, once the account is verified.</summary>
    public AccountReader Reader { get; }

    /// <summary>The leases of its stacks.</summary>
    public ILeaseStore Leases { get; }

    /// <summary>12 digits.</summary>
    public string Account => Environment.Account ?? caller ?? "";

    public string Region => Session.Settings.Region;

    /// <summary>Options for commands of the AWS CLI, so that they use the same region and credentials.</summary>
    public string CliOptions => AwsCliOptions.Of(Region, Environment.Profile);

    /// <summary>The account whose ECR has the images; null if they are not in ECR.</summary>
    public string? RegistryAccount => Environment.RegistryAccount;

    /// <summary>The same for commands on repositories, whose registry may belong to another account.</summary>
    public string RegistryOptions =>
        RegistryAccount is { } registry && registry != Account ? $" --registry-id {registry}{CliOptions}" : CliOptions;

    /// <summary>Reads the evidence on what it runs.</summary>
    /// <exception cref="LadingException">The account cannot be used.</exception>
    public async Task<EnvironmentEvidence> ReadAsync(CancellationToken cancellationToken)
    {
        await EnsureUsableAsync(cancellationToken).ConfigureAwait(false);
        var found = await Once(ref evidence, gather).WaitAsync(cancellationToken).ConfigureAwait(false);
        return found.Failure is null ? found : throw found.Failure;
    }

    /// <summary>The task definitions of its services, without duplicates, each with the name of one of its services.</summary>
    /// <exception cref="LadingException">The account cannot be used, or ECS cannot be read.</exception>
    public Task<IReadOnlyList<(string Service, TaskDefinitionEvidence Definition)>> TaskDefinitionsAsync(
        CancellationToken cancellationToken
    ) => Once(ref definitions, new TaskFacts(this).ReadAsync).WaitAsync(cancellationToken);

    /// <summary>The settings of the repositories of the project's images; null for a missing repository.</summary>
    /// <exception cref="LadingException">The account cannot be used, or ECR cannot be read.</exception>
    public Task<IReadOnlyDictionary<string, RepositorySettings?>> RepositoriesAsync(
        CancellationToken cancellationToken
    ) => Once(ref repositories, new RepositoryFacts(this).ReadAsync).WaitAsync(cancellationToken);

    /// <inheritdoc cref="AccountReader.AskAsync"/>
    public async Task<T> AskAsync<T>(IAwsOperation<T> operation, CancellationToken cancellationToken)
    {
        await EnsureUsableAsync(cancellationToken).ConfigureAwait(false);
        return await Reader.AskAsync(operation, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="AccountReader.FindAsync"/>
    public async Task<T?> FindAsync<T>(IAwsOperation<T> operation, CancellationToken cancellationToken)
        where T : class
    {
        await EnsureUsableAsync(cancellationToken).ConfigureAwait(false);
        return await Reader.FindAsync(operation, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        ending.Cancel();
        ending.Dispose();
        // This also disposes of the session.
        Leases.Dispose();
    }

    /// <summary>
    /// Reads facts that checks share: the first check starts reading, and none cancels it for the others.
    /// </summary>
    private Task<T> Once<T>(ref Task<T>? reading, Func<CancellationToken, Task<T>> read)
    {
        lock (gate)
        {
            return reading ??= read(ending.Token);
        }
    }

    /// <summary>
    /// Ensures that the account can be used. Only the check of credentials reports why not; the others refer to it.
    /// </summary>
    private async Task EnsureUsableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Session.EnsureAccountAsync(cancellationToken).ConfigureAwait(false);
            // For a selection by profile alone, the account is that of its credentials.
            caller ??= Environment.Account is null
                ? (await Session.GetCallerAsync(cancellationToken).ConfigureAwait(false)).Account
                : null;
        }
        catch (LadingException e)
        {
            throw new LadingException(
                e.Attempted,
                $"the account of {Environment.Name} cannot be used",
                DoctorCheck.Command(DoctorCheck.Credentials, Environment.Selector),
                innerException: e
            );
        }
    }
}

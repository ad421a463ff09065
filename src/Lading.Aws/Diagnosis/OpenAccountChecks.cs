using Lading.Aws.Running;
using Lading.Configuration;
using Lading.Diagnosis;
using Lading.Registries;

namespace Lading.Aws.Diagnosis;

/// <summary>The checks of some environments, with the connections they use.</summary>
internal sealed class OpenAccountChecks : IOpenChecks
{
    private readonly List<IDisposable> open = [];
    private readonly List<IHealthCheck> checks = [];

    /// <param name="machine">This machine, and the project.</param>
    /// <param name="environments">The environments, each with an account.</param>
    /// <param name="openSession">Opens an account and region.</param>
    /// <param name="registries">Opens registries; disposed of with this object.</param>
    /// <param name="connections">The connections that the sessions share, disposed of after them.</param>
    public OpenAccountChecks(
        ExaminedMachine machine,
        IReadOnlyList<EnvironmentDefinition> environments,
        Func<EnvironmentDefinition, AwsSession> openSession,
        ProjectRegistries registries,
        IDisposable connections
    )
    {
        foreach (var environment in environments)
        {
            try
            {
                var session = openSession(environment);
                var gathering = new EnvironmentGathering(_ => session, machine.Time);
                var account = new ExaminedAccount(machine, environment, session, gathering, registries);
                checks.AddRange(AccountChecks.Of(account));
                open.Add(account);
                open.Add(gathering);
            }
            catch (LadingException e)
            {
                // For example, it has no region, or the AWS configuration cannot be read.
                checks.Add(new UnusableAccount(environment.Name, e));
            }
        }

        open.Add(registries);
        open.Add(connections);
    }

    public IReadOnlyList<IHealthCheck> Checks => checks;

    public void Dispose()
    {
        foreach (var each in open)
        {
            each.Dispose();
        }
    }

    private sealed class UnusableAccount(string environment, LadingException failure) : IHealthCheck
    {
        public string Name => DoctorCheck.Credentials;

        public string? Environment => environment;

        public Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<HealthFinding>>([HealthFinding.Broken(failure)]);
    }
}

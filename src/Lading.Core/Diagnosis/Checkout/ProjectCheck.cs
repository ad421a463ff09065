using Lading.Projects;

namespace Lading.Diagnosis.Checkout;

/// <summary>A check of a project; outside of one it reports that there is nothing to check.</summary>
/// <param name="name">Its stable name.</param>
/// <param name="machine">The machine.</param>
internal abstract class ProjectCheck(string name, ExaminedMachine machine) : IHealthCheck
{
    public string Name => name;

    protected ExaminedMachine Machine => machine;

    public async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken) =>
        machine.Project is { } project ? await LookAsync(project, cancellationToken).ConfigureAwait(false)
        : machine.Configuration is null ? [ConfigurationCheck.NoProject(machine)]
        : [HealthFinding.Unknown("lading.json cannot be read", DoctorCheck.Command(DoctorCheck.Configuration))];

    /// <summary>Checks the project.</summary>
    protected abstract Task<IReadOnlyList<HealthFinding>> LookAsync(
        Project project,
        CancellationToken cancellationToken
    );
}

using Lading.Diagnosis.Checkout;

namespace Lading.Diagnosis;

/// <summary>Replaces a check of an account if there is no account: its result is unknown, with the reason.</summary>
/// <param name="name">Its stable name.</param>
/// <param name="machine">The machine.</param>
internal sealed class UnavailableCheck(string name, ExaminedMachine machine) : IHealthCheck
{
    public string Name => name;

    public Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HealthFinding>>([
            machine.Project is not null ? HealthFinding.Unknown("no environment of lading.json has an AWS account")
            : machine.Configuration is not null
                ? HealthFinding.Unknown("lading.json cannot be read", DoctorCheck.Command(DoctorCheck.Configuration))
            : ConfigurationCheck.NoProject(machine),
        ]);
}

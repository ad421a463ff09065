namespace Lading.Diagnosis;

/// <summary>Checks one thing that commonly goes wrong. It reads facts, and decides in a pure function.</summary>
internal interface IHealthCheck
{
    /// <summary>Its stable name, one of <see cref="DoctorCheck"/>.</summary>
    string Name { get; }

    /// <summary>The environment that it checks; null for the machine or the project.</summary>
    string? Environment => null;

    /// <summary>Runs the check. The caller reports an exception as "could not check".</summary>
    /// <returns>At least one finding.</returns>
    Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken);
}

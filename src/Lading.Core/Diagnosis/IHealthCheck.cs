namespace Lading.Diagnosis;

/// <summary>Looks at one thing that commonly goes wrong. It reads facts, and decides by a function that reads nothing.</summary>
internal interface IHealthCheck
{
    /// <summary>Its stable name, one of <see cref="DoctorCheck"/>.</summary>
    string Name { get; }

    /// <summary>The environment that it looks at; null for the machine or the project.</summary>
    string? Environment => null;

    /// <summary>Looks. Whoever calls takes a failure for "could not look".</summary>
    /// <returns>At least one finding.</returns>
    Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken);
}

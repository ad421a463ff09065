namespace Lading.Diagnosis;

/// <summary>Checks, with all that they read by, which is closed when this is disposed of.</summary>
internal interface IOpenChecks : IDisposable
{
    IReadOnlyList<IHealthCheck> Checks { get; }
}

namespace Lading.Diagnosis;

/// <summary>Checks, with the connections they use, which are closed on disposal.</summary>
internal interface IOpenChecks : IDisposable
{
    IReadOnlyList<IHealthCheck> Checks { get; }
}

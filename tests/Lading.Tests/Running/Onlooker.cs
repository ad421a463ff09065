using Lading.Running.Verifying;

namespace Lading.Tests.Running;

/// <summary>Records what it hears about a verification.</summary>
internal sealed class Onlooker : IVerificationProgress
{
    public List<VerificationReport> Reports { get; } = [];

    public bool IsStopped { get; private set; }

    public Action? OnLook { get; set; }

    public void Looked(VerificationReport report)
    {
        Reports.Add(report);
        OnLook?.Invoke();
    }

    public void Stopped(VerificationReport? report) => IsStopped = true;
}

using System.Runtime.InteropServices;

namespace Lading.Tests.Retention.Model;

/// <summary>What must not go, and why, which is put in words only where it went.</summary>
/// <param name="Repository">Where it is.</param>
/// <param name="Content">What it is.</param>
/// <param name="Why">How it is in use.</param>
/// <param name="By">What uses it; empty if that is said already.</param>
/// <param name="IsPromoted">Whether that is in a registry that it was promoted to.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ModelUse(
    ModelRepository Repository,
    Content Content,
    string Why,
    string By = "",
    bool IsPromoted = false
)
{
    public override string ToString() => $"{(IsPromoted ? "promoted, and " : "")}{Why} {By}".TrimEnd();
}

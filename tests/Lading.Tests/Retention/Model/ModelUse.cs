using System.Runtime.InteropServices;

namespace Lading.Tests.Retention.Model;

/// <summary>Content that must stay, and why; the words are put together only if it was deleted.</summary>
/// <param name="Repository">The repository it must stay in.</param>
/// <param name="Content">The content.</param>
/// <param name="Why">How it is used.</param>
/// <param name="By">What uses it; empty if <paramref name="Why"/> says that.</param>
/// <param name="IsPromoted">Whether the use is in a registry that it was promoted to.</param>
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

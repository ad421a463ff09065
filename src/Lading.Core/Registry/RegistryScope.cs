using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>A token's scope on a repository (distribution token specification).</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Push">True for writing as well.</param>
internal readonly record struct RegistryScope(RepositoryName Repository, bool Push)
{
    public static implicit operator ScopeSet(RegistryScope scope) => ScopeSet.Of(scope);

    public override string ToString() => $"repository:{Repository}:{(Push ? "pull,push" : "pull")}";
}

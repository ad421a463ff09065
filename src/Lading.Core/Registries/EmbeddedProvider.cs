using Lading.Layout;
using Lading.Oci;
using Lading.Projects;

namespace Lading.Registries;

/// <summary>Embedded registries: image layouts in the project's own folder.</summary>
/// <param name="project">The project; null if there is none, so no registry is embedded.</param>
/// <param name="time">The clock.</param>
internal sealed class EmbeddedProvider(Project? project, TimeProvider time) : IRegistryProvider
{
    public ValueTask<bool> AcceptsAsync(RegistryTarget target, CancellationToken cancellationToken) =>
        ValueTask.FromResult(project is not null && target.Environment?.IsEmbedded == true);

    public IImageRegistry Open(RegistryTarget target) =>
        new EmbeddedRegistry(new LayoutStore(project!.EmbeddedStoreOf(target.Environment!)), time);
}

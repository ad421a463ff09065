using Lading.Projects;
using Lading.Registries;

namespace Lading.Shipping;

/// <summary>
/// The resources of a use case: a project in its environment, the registries, a temporary folder, the clock.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="registries">The registries, disposed of with this object.</param>
/// <param name="folder">The temporary folder, removed on disposal.</param>
/// <param name="time">The clock.</param>
internal sealed class Workspace(Project project, ProjectRegistries registries, WorkFolder folder, TimeProvider time)
    : IDisposable
{
    public Project Project => project;

    public IRegistries Registries => registries;

    /// <summary>The path of the temporary folder, which need not exist.</summary>
    public string Path => folder.Path;

    public TimeProvider Time => time;

    public void Dispose()
    {
        registries.Dispose();
        folder.Dispose();
    }
}

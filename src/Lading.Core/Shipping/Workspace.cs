using Lading.Projects;
using Lading.Registries;

namespace Lading.Shipping;

/// <summary>What a use case works with: a project in its environment, the registries, a temporary folder, the clock.</summary>
/// <param name="project">The project.</param>
/// <param name="registries">Closed with this.</param>
/// <param name="folder">Removed on disposal.</param>
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

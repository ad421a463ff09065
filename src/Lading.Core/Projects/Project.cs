using Lading.Configuration;
using Lading.Context;
using Lading.Fingerprints;
using Lading.Locks;

namespace Lading.Projects;

/// <summary>The project that a verb works on: its folder, the contents of <c>lading.json</c>, and the environment.</summary>
/// <param name="Folder">The folder of <c>lading.json</c>.</param>
/// <param name="Environment">The selected environment, or <c>local</c>.</param>
internal sealed record Project(ProjectFolder Folder, EnvironmentDefinition Environment)
{
    public LadingConfiguration Configuration => Folder.Configuration;

    /// <summary>Lading's own folder, which git ignores.</summary>
    public string OwnFolder => Path.Combine(Folder.Path, OwnFiles.Folder);

    /// <summary>
    /// The folder for the layouts of an embedded registry: each environment has its own, and that of <c>local</c> has the plain name.
    /// </summary>
    public string EmbeddedStoreOf(EnvironmentDefinition environment) =>
        Path.Combine(
            OwnFolder,
            environment.Name == EnvironmentDefinition.LocalName ? "registry" : $"registry-{environment.Name}"
        );

    /// <summary>The default location of the environment's lock.</summary>
    public string LockPath => Locks.LockPath.For(Folder.Path, Environment.Name);

    /// <summary>Finds the project of a folder.</summary>
    /// <param name="folder">The folder to search first, followed by its parents.</param>
    /// <param name="environment">The environment's name; null for <c>local</c>.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">There is no <c>lading.json</c>, it has errors, or does not have the environment.</exception>
    public static async Task<Project> FindAsync(string folder, string? environment, CancellationToken cancellationToken)
    {
        var file = ConfigurationFile.Get(folder);
        var configuration = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new Project(
            new ProjectFolder(file.Folder, configuration),
            configuration.GetEnvironment(environment ?? EnvironmentDefinition.LocalName)
        );
    }

    /// <summary>The same project with another of its environments.</summary>
    /// <exception cref="LadingException">The environment does not exist.</exception>
    public Project In(string environment) => this with { Environment = Configuration.GetEnvironment(environment) };
}

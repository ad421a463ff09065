using Lading.Configuration;
using Lading.Context;
using Lading.Fingerprints;
using Lading.Locks;

namespace Lading.Projects;

/// <summary>The project that a verb works on: its folder, what <c>lading.json</c> says, and the environment.</summary>
/// <param name="Folder">The folder of <c>lading.json</c>.</param>
/// <param name="Environment">The environment that was named, or <c>local</c>.</param>
internal sealed record Project(ProjectFolder Folder, EnvironmentDefinition Environment)
{
    public LadingConfiguration Configuration => Folder.Configuration;

    /// <summary>Lading's own folder, which git ignores.</summary>
    public string OwnFolder => Path.Combine(Folder.Path, OwnFiles.Folder);

    /// <summary>Where an embedded registry keeps its layouts: each environment is a place of its own, and <c>local</c>'s has the plain name.</summary>
    public string EmbeddedStoreOf(EnvironmentDefinition environment) =>
        Path.Combine(
            OwnFolder,
            environment.Name == EnvironmentDefinition.LocalName ? "registry" : $"registry-{environment.Name}"
        );

    /// <summary>Where the environment's lock lies unless the command line says otherwise.</summary>
    public string LockPath => Locks.LockPath.For(Folder.Path, Environment.Name);

    /// <summary>Finds the project around a folder.</summary>
    /// <param name="folder">The folder that is searched first, before those above it.</param>
    /// <param name="environment">The environment's name; null for <c>local</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LadingException">There is no <c>lading.json</c>, it is wrong, or has no such environment.</exception>
    public static async Task<Project> FindAsync(string folder, string? environment, CancellationToken cancellationToken)
    {
        var file = ConfigurationFile.Get(folder);
        var configuration = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new Project(
            new ProjectFolder(file.Folder, configuration),
            configuration.GetEnvironment(environment ?? EnvironmentDefinition.LocalName)
        );
    }

    /// <summary>The same project seen from another of its environments.</summary>
    /// <exception cref="LadingException">There is no such environment.</exception>
    public Project In(string environment) => this with { Environment = Configuration.GetEnvironment(environment) };
}

using Lading.Configuration;
using Lading.Context;

namespace Lading.Projects;

/// <summary>The folder whose image layouts <c>lading registry</c> serves.</summary>
internal static class ServedStore
{
    /// <summary>
    /// Returns the named folder; otherwise that of the project's environment; outside of a project, one in the current
    /// folder.
    /// </summary>
    /// <param name="working">The folder that the search begins in.</param>
    /// <param name="named">The folder named by <c>--store</c>; null if none is.</param>
    /// <param name="environment">The environment named by <c>--env</c>; null if none is.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">It is a file, or the environment's registry is not embedded.</exception>
    public static async Task<string> FindAsync(
        string working,
        string? named,
        string? environment,
        CancellationToken cancellationToken
    )
    {
        if (named is not null)
        {
            var folder = Path.GetFullPath(named, working);
            return !File.Exists(folder)
                ? folder
                : throw LadingException.Usage(
                    $"Could not serve the registry of {named}",
                    "it is a file",
                    "--store names the folder of its images; a missing one is created."
                );
        }

        if (ConfigurationFile.Find(working) is null)
        {
            return Path.Combine(working, OwnFiles.Folder, "registry");
        }

        var project = await Project.FindAsync(working, environment, cancellationToken).ConfigureAwait(false);
        return project.Environment.IsEmbedded
            ? project.EmbeddedStoreOf(project.Environment)
            : throw LadingException.Usage(
                $"Could not serve the registry of environment {project.Environment.Name}",
                "its registry is not embedded",
                "Name an embedded environment with --env, or a folder with --store."
            );
    }
}

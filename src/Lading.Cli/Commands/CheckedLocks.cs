using Lading.Configuration;
using Lading.Locks;

namespace Lading.Cli.Commands;

/// <summary>The locks that a check compares with, each read once.</summary>
/// <param name="project">The project; its environment's lock may lie elsewhere.</param>
/// <param name="path">Where, as the command line says; null for the usual place.</param>
/// <param name="folder">What the path is relative to.</param>
internal sealed class CheckedLocks(Project project, string? path, string folder)
{
    private readonly Dictionary<string, ImageLock?> read = new(StringComparer.Ordinal);

    /// <summary>The lock of an environment; null where there is none, or it is no environment of the project.</summary>
    /// <exception cref="LadingException">It cannot be read, or is of another environment.</exception>
    public ImageLock? Find(EnvironmentDefinition environment)
    {
        if (!read.TryGetValue(environment.Name, out var found))
        {
            found = project.Configuration.Environments.ContainsKey(environment.Name)
                ? LockFile.Find(PathOf(environment))
                : null;
            Hold(found, environment);
            read.Add(environment.Name, found);
        }

        return found;
    }

    /// <summary>The lock of an environment, which must be there.</summary>
    /// <exception cref="LadingException">It is missing, cannot be read, or is of another environment.</exception>
    public ImageLock Get(EnvironmentDefinition environment) => Find(environment) ?? LockFile.Read(PathOf(environment));

    private string PathOf(EnvironmentDefinition environment) =>
        path is not null && environment.Name == project.Environment.Name
            ? Path.GetFullPath(path, folder)
            : project.In(environment.Name).LockPath;

    private void Hold(ImageLock? found, EnvironmentDefinition environment)
    {
        if (found is not null && found.Environment != environment.Name)
        {
            throw LadingException.Usage(
                $"Could not check the lock {PathOf(environment)}",
                $"it is of environment {found.Environment}, not of {environment.Name}",
                $"Name the environment: --env {found.Environment}."
            );
        }
    }
}

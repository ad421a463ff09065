using Lading.Configuration;
using Lading.Locks;
using Lading.Projects;

namespace Lading.Checking;

/// <summary>The locks that a check compares with, each read once.</summary>
/// <param name="project">The project; <paramref name="path"/> may replace its environment's lock.</param>
/// <param name="path">The absolute path of that lock; null for the default.</param>
internal sealed class CheckedLocks(Project project, string? path)
{
    private readonly Dictionary<string, ImageLock?> locks = new(StringComparer.Ordinal);

    /// <summary>The lock of an environment; null if it has none, or is not an environment of the project.</summary>
    /// <exception cref="LadingException">It cannot be read, or belongs to another environment.</exception>
    public ImageLock? Find(EnvironmentDefinition environment)
    {
        if (!locks.TryGetValue(environment.Name, out var found))
        {
            found = project.Configuration.Environments.ContainsKey(environment.Name)
                ? LockFile.Find(PathOf(environment))
                : null;
            RequireEnvironment(found, environment);
            locks.Add(environment.Name, found);
        }

        return found;
    }

    /// <summary>The lock of an environment, which must exist.</summary>
    /// <exception cref="LadingException">It is missing, cannot be read, or belongs to another environment.</exception>
    public ImageLock Get(EnvironmentDefinition environment) => Find(environment) ?? LockFile.Read(PathOf(environment));

    private string PathOf(EnvironmentDefinition environment) =>
        path is not null && environment.Name == project.Environment.Name ? path : project.In(environment.Name).LockPath;

    private void RequireEnvironment(ImageLock? found, EnvironmentDefinition environment)
    {
        if (found is not null && found.Environment != environment.Name)
        {
            throw LadingException.Usage(
                $"Could not check the lock {PathOf(environment)}",
                $"it belongs to environment {found.Environment}, not to {environment.Name}",
                $"Name the environment: --env {found.Environment}."
            );
        }
    }
}

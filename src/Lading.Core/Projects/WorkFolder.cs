using Lading.Context;
using Lading.Processes;

namespace Lading.Projects;

/// <summary>
/// A temporary folder for the run of a verb, under <c>.lading/work</c>. Removed at the end; those of killed runs are removed by the
/// next one.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private WorkFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Chooses an unused name; the writer creates the folder.</summary>
    /// <param name="project">The project.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Distinguishes the folders of one process.</param>
    public static WorkFolder Create(Project project, TimeProvider time, Random random)
    {
        var parent = System.IO.Path.Combine(project.Folder.Path, OwnFiles.Folder, "work");
        OwnFolder.Ignore(parent);
        Sweep(parent, time.GetUtcNow().UtcDateTime - Abandoned);
        var name = $"{ProcessMark.Own}-{random.Next():x8}";
        return new WorkFolder(System.IO.Path.Combine(parent, name));
    }

    public void Dispose() => Remove(Path);

    private static void Sweep(string parent, DateTime before)
    {
        if (Directory.Exists(parent))
        {
            foreach (
                var old in Directory.GetDirectories(parent).Where(old => Directory.GetLastWriteTimeUtc(old) < before)
            )
            {
                Remove(old);
            }
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // If it cannot be removed now, it is removed a day later; that is not a reason to fail.
        }
    }
}

using Lading.Context;
using Lading.Processes;

namespace Lading.Projects;

/// <summary>
/// A temporary folder for the run of a verb, under <c>.lading/work</c>. Removed at the end; those of killed runs are removed by a
/// run a day later.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);

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
        Sweep(new DirectoryInfo(parent), time.GetUtcNow().UtcDateTime);
        var name = $"{ProcessMark.Own}-{random.Next():x8}";
        return new WorkFolder(System.IO.Path.Combine(parent, name));
    }

    public void Dispose() => Remove(Path);

    private static void Sweep(DirectoryInfo parent, DateTime now)
    {
        if (parent.Exists)
        {
            foreach (var old in parent.GetDirectories().Where(old => IsAbandoned(old, now - old.LastWriteTimeUtc)))
            {
                Remove(old.FullName);
            }
        }
    }

    /// <summary>
    /// A run may go on long after it last wrote to its folder, such as one that waits for a deployment.
    /// </summary>
    private static bool IsAbandoned(DirectoryInfo folder, TimeSpan untouched) =>
        untouched > AbandonedAfter
        && ProcessMark.Find(folder.Name) switch
        {
            null => true,
            { IsElsewhere: true } => untouched > ProcessMark.LongestRun,
            var owner => owner.HasEnded(folder.LastWriteTimeUtc),
        };

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

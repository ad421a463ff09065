using Lading.Context;
using Lading.Processes;

namespace Lading.Projects;

/// <summary>A folder for what a run of a verb needs for a while, under <c>.lading/work</c>. Gone at the end; what killed runs left goes with the next one.</summary>
internal sealed class WorkFolder : IDisposable
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private WorkFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Names a folder of its own; whoever writes into it makes it.</summary>
    /// <param name="project">The project.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Tells the folders of one process apart.</param>
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
            // What cannot be removed now is swept a day later; it is not a reason to fail what was done.
        }
    }
}

using Lading.Processes;

namespace Lading.Locations;

/// <summary>A temporary folder for incomplete results.</summary>
internal sealed class StagingFolder : IDisposable
{
    /// <summary>Creates a folder in the system's temporary folder.</summary>
    public StagingFolder() => Path = TemporaryFolder.Create("image").FullName;

    /// <summary>Creates a folder beside a file, on the same disk.</summary>
    public StagingFolder(string beside)
    {
        Path = $"{beside}.{Guid.NewGuid():N}.tmp";
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}

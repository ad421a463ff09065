using Lading.Processes;

namespace Lading.Cli.Commands.Image;

/// <summary>A temporary folder for what is not whole yet.</summary>
internal sealed class StagingFolder : IDisposable
{
    /// <summary>One among the temporary files of the machine.</summary>
    public StagingFolder() => Path = TemporaryFolder.Create("image").FullName;

    /// <summary>One beside a file, on the same disk.</summary>
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

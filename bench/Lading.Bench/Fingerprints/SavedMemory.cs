using Lading.Fingerprints.Remembered;
using Lading.Processes;

namespace Lading.Bench.Fingerprints;

/// <summary>What Lading remembers of a project, restored before each run.</summary>
internal sealed class SavedMemory(string project)
{
    private readonly string file = Path.Combine(project, IdentityMemory.Place, IdentityMemory.FileName);
    private byte[] saved = [];

    /// <summary>Has Lading remember all identities of a commit.</summary>
    public async Task FillAsync(ProgramCall call, CancellationToken cancellationToken)
    {
        if (File.Exists(file))
        {
            File.Delete(file);
        }

        await ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, cancellationToken);
        saved = await File.ReadAllBytesAsync(file, cancellationToken);
    }

    public Task RestoreAsync(CancellationToken cancellationToken) =>
        File.WriteAllBytesAsync(file, saved, cancellationToken);
}

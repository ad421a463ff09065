using Lading.Processes;

namespace Lading.Bench.Fingerprints;

/// <summary>A file of the generated repository with an extra line.</summary>
internal static class ChangedFile
{
    /// <summary>Runs an action while the file is changed, then restores the file.</summary>
    public static async Task<T> WithAsync<T>(string file, Func<Task<T>> act, CancellationToken cancellationToken)
    {
        var before = await File.ReadAllTextAsync(file, cancellationToken);
        try
        {
            await File.WriteAllTextAsync(file, before + "// changed\n", cancellationToken);
            return await act();
        }
        finally
        {
            await File.WriteAllTextAsync(file, before, CancellationToken.None);
        }
    }

    /// <summary>Makes a commit with the change, on no branch.</summary>
    public static Task<string> CommitAsync(
        GeneratedRepository repository,
        string file,
        CancellationToken cancellationToken
    ) =>
        WithAsync(
            file,
            async () =>
            {
                var call = new ProgramCall(
                    "git",
                    "-c",
                    "user.name=Bench",
                    "-c",
                    "user.email=bench@localhost",
                    "stash",
                    "create"
                )
                {
                    WorkingDirectory = repository.Folder,
                };
                var made = await ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, cancellationToken);
                return made.Text;
            },
            cancellationToken
        );
}

using Lading.Processes;

namespace Lading.Git;

/// <summary>Writes trees through one <c>git mktree --batch</c>.</summary>
internal sealed class TreeWriter : IAsyncDisposable
{
    private const string Attempted = "Could not write a git tree";
    private readonly RunningProgram program;
    private readonly StreamReader answers;
    private readonly Task<string> errors;

    private TreeWriter(RunningProgram program)
    {
        this.program = program;
        answers = new StreamReader(program.Output, leaveOpen: true);
        errors = ErrorText.ReadAsync(program.Error, CancellationToken.None);
    }

    /// <summary>Starts git.</summary>
    /// <exception cref="LadingException">git is missing.</exception>
    public static TreeWriter Start(GitProgram git)
    {
        try
        {
            return new TreeWriter(RunningProgram.Start(git.Call("mktree", "-z", "--missing", "--batch")));
        }
        catch (ProgramNotFoundException e)
        {
            throw GitFailure.Missing(Attempted, e);
        }
    }

    /// <summary>Writes trees, none of which is empty.</summary>
    /// <param name="trees">The entries of each; the path of an entry is its name.</param>
    /// <param name="cancellationToken">Cancels it; git cannot be used afterwards.</param>
    /// <returns>Their ids, in order.</returns>
    /// <exception cref="LadingException">git rejected one.</exception>
    public async Task<IReadOnlyList<ObjectId>> WriteAsync(
        IReadOnlyList<IReadOnlyCollection<TreeEntry>> trees,
        CancellationToken cancellationToken
    )
    {
        // Write while reading: pipes are small, and waiting for one of them would block both processes.
        var sending = SendAsync(trees, cancellationToken);
        var ids = new List<ObjectId>();
        foreach (var _ in trees)
        {
            var line = await answers.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            ids.Add(
                ObjectId.TryParse(line, out var id)
                    ? id
                    : throw GitFailure.Of(Attempted, await errors.ConfigureAwait(false))
            );
        }

        await sending.ConfigureAwait(false);
        return ids;
    }

    public async ValueTask DisposeAsync()
    {
        program.Input.Close();
        answers.Dispose();
        await program.DisposeAsync().ConfigureAwait(false);
    }

    private async Task SendAsync(
        IReadOnlyList<IReadOnlyCollection<TreeEntry>> trees,
        CancellationToken cancellationToken
    )
    {
        using var bytes = Requests(trees);
        try
        {
            await program
                .Input.WriteAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), cancellationToken)
                .ConfigureAwait(false);
            await program.Input.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // git ended; reading its output reports why.
        }
    }

    /// <summary>The input of "git mktree --batch -z": the entries of each tree, and an empty one after each.</summary>
    private static MemoryStream Requests(IReadOnlyList<IReadOnlyCollection<TreeEntry>> trees)
    {
        var bytes = new MemoryStream();
        foreach (var tree in trees)
        {
            foreach (var entry in tree)
            {
                bytes.Write(entry.Mode.Octal());
                bytes.Write(
                    entry.Mode switch
                    {
                        EntryMode.Folder => " tree "u8,
                        EntryMode.Submodule => " commit "u8,
                        _ => " blob "u8,
                    }
                );
                bytes.Write(GitPath.Encode($"{entry.Id}\t{entry.Path}\0"));
            }

            bytes.WriteByte(0);
        }

        return bytes;
    }
}

using Lading.Processes;

namespace Lading.Git;

/// <summary>Reads objects through one <c>git cat-file --batch</c>, requesting many at once to save round trips. Calls are serialized.</summary>
internal sealed class ObjectReader : IAsyncDisposable
{
    private readonly RunningProgram program;
    private readonly ObjectAnswers answers;
    private readonly SemaphoreSlim turn = new(1);

    private ObjectReader(RunningProgram program)
    {
        this.program = program;
        answers = new ObjectAnswers(program.Output, ErrorText.ReadAsync(program.Error, CancellationToken.None));
    }

    /// <summary>Starts git.</summary>
    /// <exception cref="LadingException">git is missing.</exception>
    public static ObjectReader Start(GitProgram git)
    {
        try
        {
            // Buffered output comes in large pieces, and only on "flush".
            return new ObjectReader(RunningProgram.Start(git.Call("cat-file", "--batch-command", "--buffer")));
        }
        catch (ProgramNotFoundException e)
        {
            throw GitFailure.Missing("Could not read the git repository", e);
        }
    }

    /// <summary>An object by any name that git understands (<c>HEAD:./lading.json</c>); null if it does not exist.</summary>
    public async Task<GitObject?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await FindAllAsync([name], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Objects by name, in order; null for each that does not exist. Objects are held in memory.</summary>
    public async Task<IReadOnlyList<GitObject?>> FindAllAsync(
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
    {
        var found = new GitObject?[names.Count];
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var sending = RequestAsync(names, cancellationToken);
            for (var i = 0; i < found.Length; i++)
            {
                if (IsLine(names[i]))
                {
                    found[i] = await ReadObjectAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            await sending.ConfigureAwait(false);
            return found;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Reads objects by id into memory that the caller provides for each, without intermediate copies.</summary>
    /// <param name="ids">The objects to read.</param>
    /// <param name="type">The expected type of all of them.</param>
    /// <param name="place">Returns the memory for an object, by its position and length.</param>
    /// <param name="cancellationToken">Cancels it; git cannot be used afterwards.</param>
    /// <exception cref="LadingException">One is missing, or has another type; the others were read.</exception>
    public async Task ReadAllAsync(
        IReadOnlyList<ObjectId> ids,
        string type,
        Func<int, int, Memory<byte>> place,
        CancellationToken cancellationToken
    )
    {
        ObjectId? missing = null;
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var sending = SendAsync(ObjectCommands.Contents(ids), cancellationToken);
            for (var i = 0; i < ids.Count; i++)
            {
                var header = await answers.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
                if (header.Type == type)
                {
                    await answers.ReadContentAsync(place(i, (int)header.Size), cancellationToken).ConfigureAwait(false);
                    continue;
                }

                // Consume all output, so that the next request gets its own.
                missing ??= ids[i];
                if (header.Type is not null)
                {
                    await answers.CopyToAsync(Stream.Null, header.Size, cancellationToken).ConfigureAwait(false);
                    await answers.SkipNewlineAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            await sending.ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }

        if (missing is { } id)
        {
            throw GitFailure.MissingObject(id, type);
        }
    }

    /// <summary>Writes blobs to streams while they are read, whatever their size.</summary>
    /// <param name="blobs">Their ids.</param>
    /// <param name="open">Returns the stream for each; it is disposed of here.</param>
    /// <param name="cancellationToken">Cancels it; git cannot be used afterwards.</param>
    /// <exception cref="LadingException">An object is missing.</exception>
    public async Task CopyAsync(
        IReadOnlyList<ObjectId> blobs,
        Func<int, Stream> open,
        CancellationToken cancellationToken
    )
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var sending = RequestAsync([.. blobs.Select(id => id.ToString())], cancellationToken);
            for (var i = 0; i < blobs.Count; i++)
            {
                var header = await answers.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
                if (header.Type is null)
                {
                    throw GitFailure.MissingObject(blobs[i]);
                }

                var stream = open(i);
                await using (stream.ConfigureAwait(false))
                {
                    await answers.CopyToAsync(stream, header.Size, cancellationToken).ConfigureAwait(false);
                }

                await answers.SkipNewlineAsync(cancellationToken).ConfigureAwait(false);
            }

            await sending.ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        program.Input.Close();
        await program.DisposeAsync().ConfigureAwait(false);
        turn.Dispose();
    }

    /// <summary>
    /// Writes requests while output is read: pipes are small, and waiting for one of them would block both processes.
    /// </summary>
    private Task RequestAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        SendAsync(
            GitProgram.Lines(names.Where(IsLine).Select(name => "contents " + name).Append("flush")),
            cancellationToken
        );

    private async Task SendAsync(ReadOnlyMemory<byte> commands, CancellationToken cancellationToken)
    {
        try
        {
            await program.Input.WriteAsync(commands, cancellationToken).ConfigureAwait(false);
            await program.Input.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // git ended; reading its output reports why.
        }
    }

    /// <summary>git reads one request a line: an empty text, or one of several lines, is not a name.</summary>
    private static bool IsLine(string name) => name.Length > 0 && !name.Contains('\n', StringComparison.Ordinal);

    private async ValueTask<GitObject?> ReadObjectAsync(CancellationToken cancellationToken)
    {
        var header = await answers.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        if (header.Type is null)
        {
            return null;
        }

        var content = new byte[header.Size];
        await answers.ReadContentAsync(content, cancellationToken).ConfigureAwait(false);
        return new GitObject(header.Id, header.Type, content);
    }
}

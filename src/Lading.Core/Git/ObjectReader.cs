using Lading.Processes;

namespace Lading.Git;

/// <summary>
/// Reads objects through one <c>git cat-file --batch</c>, asking for many at once so that no answer is waited for singly.
/// One caller at a time; further ones wait.
/// </summary>
internal sealed class ObjectReader : IAsyncDisposable
{
    private readonly RunningProgram program;
    private readonly Task<string> errors;
    private readonly SemaphoreSlim turn = new(1);
    private readonly byte[] buffer = new byte[128 * 1024];
    private int start;
    private int end;

    private ObjectReader(RunningProgram program)
    {
        this.program = program;
        errors = ReadErrorsAsync(program.Error);
    }

    /// <summary>Starts git.</summary>
    /// <exception cref="LadingException">git is missing.</exception>
    public static ObjectReader Start(GitProgram git)
    {
        try
        {
            // Buffered, answers come in large pieces, and only where they are asked for with "flush".
            return new ObjectReader(RunningProgram.Start(git.Call("cat-file", "--batch-command", "--buffer")));
        }
        catch (ProgramNotFoundException e)
        {
            throw GitFailure.Missing("Could not read the git repository", e);
        }
    }

    /// <summary>An object by any name that git understands (<c>HEAD:./lading.json</c>); null if there is none.</summary>
    public async Task<GitObject?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await FindAllAsync([name], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Objects by name, in order; null for each that there is not. Objects are held in memory.</summary>
    public async Task<IReadOnlyList<GitObject?>> FindAllAsync(
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
    {
        var found = new GitObject?[names.Count];
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var asking = AskAsync(names, cancellationToken);
            for (var i = 0; i < found.Length; i++)
            {
                if (IsLine(names[i]))
                {
                    found[i] = await ReadObjectAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            await asking.ConfigureAwait(false);
            return found;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Writes blobs to streams as they come, whatever their size.</summary>
    /// <param name="blobs">Their ids.</param>
    /// <param name="open">Gives the stream for each; it is disposed of here.</param>
    /// <param name="cancellationToken">Ends it; git is then of no further use.</param>
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
            var asking = AskAsync([.. blobs.Select(id => id.ToString())], cancellationToken);
            for (var i = 0; i < blobs.Count; i++)
            {
                var header = await ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
                if (header.Type is null)
                {
                    throw GitFailure.MissingObject(blobs[i]);
                }

                var stream = open(i);
                await using (stream.ConfigureAwait(false))
                {
                    await CopyToAsync(stream, header.Size, cancellationToken).ConfigureAwait(false);
                }

                await SkipNewlineAsync(cancellationToken).ConfigureAwait(false);
            }

            await asking.ConfigureAwait(false);
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

    /// <summary>Asks for objects while answers are read: both pipes are small, and neither side may wait for the other.</summary>
    private async Task AskAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var commands = GitProgram.Lines(names.Where(IsLine).Select(name => "contents " + name).Append("flush"));
        try
        {
            await program.Input.WriteAsync(commands, cancellationToken).ConfigureAwait(false);
            await program.Input.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // git ended: the reading side says why.
        }
    }

    /// <summary>git reads a line a question: what is not a line, or an empty one, is the name of nothing.</summary>
    private static bool IsLine(string name) => name.Length > 0 && !name.Contains('\n', StringComparison.Ordinal);

    private async ValueTask<GitObject?> ReadObjectAsync(CancellationToken cancellationToken)
    {
        var header = await ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        if (header.Type is null)
        {
            return null;
        }

        var content = new byte[header.Size];
        for (var used = 0; used < content.Length; )
        {
            used += Take(content.AsSpan(used));
            if (used < content.Length)
            {
                await FillAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        await SkipNewlineAsync(cancellationToken).ConfigureAwait(false);
        return new GitObject(header.Id, header.Type, content);
    }

    private async ValueTask<ObjectHeader> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        int line;
        while ((line = buffer.AsSpan(start, end - start).IndexOf((byte)'\n')) < 0)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        var header = ObjectHeader.Parse(buffer.AsSpan(start, line));
        start += line + 1;
        return header;
    }

    private int Take(Span<byte> destination)
    {
        var length = Math.Min(destination.Length, end - start);
        buffer.AsSpan(start, length).CopyTo(destination);
        start += length;
        return length;
    }

    private async ValueTask SkipNewlineAsync(CancellationToken cancellationToken)
    {
        if (start == end)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        start++;
    }

    private async Task CopyToAsync(Stream stream, long size, CancellationToken cancellationToken)
    {
        while (size > 0)
        {
            if (start == end)
            {
                await FillAsync(cancellationToken).ConfigureAwait(false);
            }

            var length = (int)Math.Min(size, end - start);
            await stream.WriteAsync(buffer.AsMemory(start, length), cancellationToken).ConfigureAwait(false);
            start += length;
            size -= length;
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        var read = await program.Output.ReadAsync(buffer.AsMemory(end), cancellationToken).ConfigureAwait(false);
        if (read == 0)
        {
            throw GitFailure.Of("Could not read the git repository", await errors.ConfigureAwait(false));
        }

        end += read;
    }

    private static async Task<string> ReadErrorsAsync(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(CancellationToken.None).ConfigureAwait(false);
    }
}

using System.Buffers.Text;
using System.Text;
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
            return new ObjectReader(RunningProgram.Start(git.Call("cat-file", "--batch")));
        }
        catch (ProgramNotFoundException e)
        {
            throw GitFailure.Missing("Could not read the git repository", e);
        }
    }

    /// <summary>An object by any name that git understands (<c>HEAD:./lading.json</c>); null where there is none.</summary>
    public async Task<GitObject?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await FindAllAsync([name], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Objects by name, in order; null for each that there is not. Objects are held in memory.</summary>
    public async Task<IReadOnlyList<GitObject?>> FindAllAsync(
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
    {
        var found = new GitObject?[names.Count];
        await ReadEachAsync(
                names,
                async (index, header) =>
                {
                    if (header is { } present)
                    {
                        var content = new byte[present.Size];
                        await ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
                        found[index] = new GitObject(present.Id, present.Type, content);
                    }
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return found;
    }

    /// <summary>Writes blobs to streams as they come, whatever their size.</summary>
    /// <param name="blobs">Their ids.</param>
    /// <param name="open">Gives the stream for each; it is disposed of here.</param>
    /// <param name="cancellationToken">Ends it; git is then of no further use.</param>
    /// <exception cref="LadingException">An object is missing.</exception>
    public Task CopyAsync(IReadOnlyList<ObjectId> blobs, Func<int, Stream> open, CancellationToken cancellationToken) =>
        ReadEachAsync(
            [.. blobs.Select(id => id.ToString())],
            async (index, header) =>
            {
                if (header is not { } present)
                {
                    throw new LadingException(
                        "Could not read the git repository",
                        $"object {blobs[index]} is not in it",
                        "Run 'git fsck'; in a partial clone, see that its remote can be reached."
                    );
                }

                var stream = open(index);
                await using (stream.ConfigureAwait(false))
                {
                    await CopyToAsync(stream, present.Size, cancellationToken).ConfigureAwait(false);
                }
            },
            cancellationToken
        );

    public async ValueTask DisposeAsync()
    {
        program.Input.Close();
        await program.DisposeAsync().ConfigureAwait(false);
        turn.Dispose();
    }

    private async Task ReadEachAsync(
        IReadOnlyList<string> names,
        Func<int, Header?, Task> read,
        CancellationToken cancellationToken
    )
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Written apart from reading: both pipes are small, and neither side may wait for the other.
            var writing = WriteAsync(GitProgram.Lines(names.Where(IsLine)), cancellationToken);
            for (var i = 0; i < names.Count; i++)
            {
                var header = IsLine(names[i]) ? await ReadHeaderAsync(cancellationToken).ConfigureAwait(false) : null;
                await read(i, header).ConfigureAwait(false);
                if (header is not null)
                {
                    await ReadExactlyAsync(new byte[1], cancellationToken).ConfigureAwait(false);
                }
            }

            await writing.ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>git answers each line: a name with a line break in it would get two answers, and nobody reads the second.</summary>
    private static bool IsLine(string name) => !name.Contains('\n', StringComparison.Ordinal);

    private async Task WriteAsync(byte[] lines, CancellationToken cancellationToken)
    {
        try
        {
            await program.Input.WriteAsync(lines, cancellationToken).ConfigureAwait(false);
            await program.Input.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // git ended: the reading side says why.
        }
    }

    private async Task<Header?> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        int line;
        while ((line = buffer.AsSpan(start, end - start).IndexOf((byte)'\n')) < 0)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        var header = Parse(buffer.AsSpan(start, line));
        start += line + 1;
        return header;
    }

    /// <summary><c>id SP type SP size</c>; anything else (<c>… missing</c>) is no object.</summary>
    private static Header? Parse(ReadOnlySpan<byte> line)
    {
        var first = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        return
            first is 40 or 64
            && last > first
            && Utf8Parser.TryParse(line[(last + 1)..], out long size, out var used)
            && used == line.Length - last - 1
            ? new Header(
                new ObjectId(Convert.FromHexString(Encoding.ASCII.GetString(line[..first]))),
                Encoding.ASCII.GetString(line[(first + 1)..last]),
                size
            )
            : null;
    }

    private async Task ReadExactlyAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        while (!destination.IsEmpty)
        {
            if (start == end)
            {
                await FillAsync(cancellationToken).ConfigureAwait(false);
            }

            var length = Math.Min(destination.Length, end - start);
            buffer.AsMemory(start, length).CopyTo(destination);
            start += length;
            destination = destination[length..];
        }
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

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Header(ObjectId Id, string Type, long Size);
}

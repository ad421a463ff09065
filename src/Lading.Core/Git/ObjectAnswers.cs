namespace Lading.Git;

/// <summary>Parses the output of <c>git cat-file --batch-command</c>: a header, the bytes of the object and a newline, repeatedly.</summary>
/// <param name="output">Its standard output.</param>
/// <param name="errors">Its standard error, to the end.</param>
internal sealed class ObjectAnswers(Stream output, Task<string> errors)
{
    private readonly byte[] buffer = new byte[128 * 1024];
    private int start;
    private int end;

    /// <summary>Reads all bytes of an object, and the newline after them.</summary>
    public async ValueTask ReadContentAsync(Memory<byte> content, CancellationToken cancellationToken)
    {
        for (var used = 0; used < content.Length; )
        {
            used += Take(content.Span[used..]);
            if (used < content.Length)
            {
                await FillAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        await SkipNewlineAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the header before an object's bytes.</summary>
    public async ValueTask<ObjectHeader> ReadHeaderAsync(CancellationToken cancellationToken)
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

    /// <summary>Skips the newline after an object's bytes.</summary>
    public async ValueTask SkipNewlineAsync(CancellationToken cancellationToken)
    {
        if (start == end)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        start++;
    }

    /// <summary>Writes an object's bytes to a stream; the newline after them is not read.</summary>
    public async Task CopyToAsync(Stream stream, long size, CancellationToken cancellationToken)
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

        var read = await output.ReadAsync(buffer.AsMemory(end), cancellationToken).ConfigureAwait(false);
        if (read == 0)
        {
            throw GitFailure.Of("Could not read the git repository", await errors.ConfigureAwait(false));
        }

        end += read;
    }
}

namespace Lading.Server;

/// <summary>Reads a request's body into memory, up to a limit.</summary>
internal static class RequestBytes
{
    /// <summary>The bytes that every request may have in memory at once; a larger body waits for its turn.</summary>
    private const int Small = 64 * 1024;

    /// <summary>Reads the body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maximum">Its maximum size in bytes.</param>
    /// <param name="isProven">Whether its sender is verified already.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The body; null if it is larger.</returns>
    /// <exception cref="SlowBodyException">It stalled, or was too slow.</exception>
    public static async Task<byte[]?> ReadAsync(
        RegistryContext context,
        int maximum,
        bool isProven,
        CancellationToken cancellationToken
    )
    {
        if (context.Request.ContentLength > maximum)
        {
            return null;
        }

        var options = context.Registry.Options;
        using var deadline = new BodyDeadline(options.Time, options.LargeBodyGrace);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var body = context.Body();
        using var bytes = new MemoryStream((int)Math.Min(Small, context.Request.ContentLength ?? 0));
        if (!await ReadAsync(body, bytes, Small, null, linked.Token).ConfigureAwait(false))
        {
            return bytes.ToArray();
        }

        var turns = context.Registry.LargeBodies.Turns(isProven);
        await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            deadline.Start();
            bytes.Capacity = (int)(context.Request.ContentLength ?? 2 * Small);
            return await ReadAsync(body, bytes, maximum, deadline, linked.Token).ConfigureAwait(false)
                ? null
                : bytes.ToArray();
        }
        catch (OperationCanceledException)
            when (deadline.Token.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw BodyDeadline.Failure();
        }
        finally
        {
            turns.Release();
        }
    }

    /// <returns>Whether there are more bytes.</returns>
    private static async Task<bool> ReadAsync(
        Stream body,
        MemoryStream bytes,
        int maximum,
        BodyDeadline? deadline,
        CancellationToken cancellationToken
    )
    {
        var start = bytes.Length;
        var buffer = new byte[16 * 1024];
        while (bytes.Length <= maximum)
        {
            var read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return false;
            }

            await bytes.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            deadline?.Advance(bytes.Length - start);
        }

        return true;
    }
}

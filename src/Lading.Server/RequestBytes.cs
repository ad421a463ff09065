namespace Lading.Server;

/// <summary>Reads a request's body into memory, within a bound.</summary>
internal static class RequestBytes
{
    /// <summary>As many bytes as everybody may have in memory; who has more waits for a turn.</summary>
    private const int Small = 64 * 1024;

    /// <summary>The body; null where it is larger than <paramref name="maximum"/> bytes.</summary>
    public static async Task<byte[]?> ReadAsync(Exchange exchange, int maximum, CancellationToken cancellationToken)
    {
        if (exchange.Request.ContentLength > maximum)
        {
            return null;
        }

        using var body = exchange.Body(cancellationToken);
        using var bytes = new MemoryStream((int)Math.Min(Small, exchange.Request.ContentLength ?? 0));
        if (!await ReadAsync(body, bytes, Small, cancellationToken).ConfigureAwait(false))
        {
            return bytes.ToArray();
        }

        await exchange.Registry.LargeBodies.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            bytes.Capacity = (int)(exchange.Request.ContentLength ?? 2 * Small);
            return await ReadAsync(body, bytes, maximum, cancellationToken).ConfigureAwait(false)
                ? null
                : bytes.ToArray();
        }
        finally
        {
            exchange.Registry.LargeBodies.Release();
        }
    }

    /// <returns>Whether there is more than that.</returns>
    private static async Task<bool> ReadAsync(
        Stream body,
        MemoryStream bytes,
        int maximum,
        CancellationToken cancellationToken
    )
    {
        var buffer = new byte[16 * 1024];
        while (bytes.Length <= maximum)
        {
            var read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return false;
            }

            await bytes.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }

        return true;
    }
}

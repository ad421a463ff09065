namespace Lading.Registry;

/// <summary>Reads the body of an answer that is small by nature, and no more of it than that.</summary>
internal static class BoundedBody
{
    /// <exception cref="IOException">It is larger, or shorter than it was announced.</exception>
    public static async Task<byte[]> ReadAsync(
        HttpResponseMessage response,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var bytes = new MemoryStream();
            var buffer = new byte[16 * 1024];
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                await bytes.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                if (bytes.Length > limit)
                {
                    throw new IOException($"the answer is larger than {limit} bytes");
                }
            }

            return bytes.ToArray();
        }
    }
}

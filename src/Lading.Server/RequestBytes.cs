using Microsoft.AspNetCore.Http;

namespace Lading.Server;

/// <summary>Reads a request's body into memory, within a bound.</summary>
internal static class RequestBytes
{
    /// <summary>The body; null where it is larger than <paramref name="maximum"/> bytes.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int maximum, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maximum)
        {
            return null;
        }

        using var bytes = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (bytes.Length + read > maximum)
            {
                return null;
            }

            await bytes.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }

        return bytes.ToArray();
    }
}

using System.Text;

namespace Lading.Processes;

/// <summary>Reads a program's standard error for messages, and keeps only its first 64 KiB.</summary>
internal static class ErrorText
{
    /// <summary>In bytes.</summary>
    private const int MaximumSize = 64 * 1024;

    /// <summary>Reads to the end, and keeps the start.</summary>
    public static async Task<string> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var kept = new byte[MaximumSize];
        var length = await stream
            .ReadAtLeastAsync(kept, MaximumSize, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        await stream.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(kept, 0, length);
    }
}

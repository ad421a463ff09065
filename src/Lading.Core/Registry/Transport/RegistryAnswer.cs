using System.Net;
using System.Net.Http.Headers;
using Lading.Http;

namespace Lading.Registry.Transport;

/// <summary>The answer to one request. Its body is read within a limit, and is given up when nothing comes for a while.</summary>
internal sealed class RegistryAnswer(HttpResponseMessage response, RetrySchedule schedule) : IDisposable
{
    private bool isOpened;

    public HttpStatusCode Status => response.StatusCode;

    /// <summary>Whether the status says so.</summary>
    public bool IsSuccess => response.IsSuccessStatusCode;

    public HttpResponseHeaders Headers => response.Headers;

    public HttpContentHeaders BodyHeaders => response.Content.Headers;

    /// <summary>Who answered, after redirects.</summary>
    public Uri Address => response.RequestMessage!.RequestUri!;

    /// <summary>A header as it stands there, several of one name in turn; empty if there is none.</summary>
    public IEnumerable<string> Values(string header) =>
        response.Headers.NonValidated.TryGetValues(header, out var values) ? values : [];

    /// <summary>Reads a body that is small by nature, and no more of it than that.</summary>
    /// <exception cref="AnswerTooLargeException">It is larger.</exception>
    /// <exception cref="IOException">It ended early, or nothing came for a while.</exception>
    public async Task<byte[]> ReadBodyAsync(int limit, CancellationToken cancellationToken)
    {
        var stream = await OpenAsync(cancellationToken).ConfigureAwait(false);
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
                    throw new AnswerTooLargeException(limit);
                }
            }

            return bytes.ToArray();
        }
    }

    /// <summary>Opens the body; from then on the answer lives as long as the stream.</summary>
    public async Task<Stream> OpenBodyAsync(CancellationToken cancellationToken)
    {
        var stream = await OpenAsync(cancellationToken).ConfigureAwait(false);
        isOpened = true;
        return stream;
    }

    public void Dispose()
    {
        if (!isOpened)
        {
            response.Dispose();
        }
    }

    private async Task<IdleTimeoutStream> OpenAsync(CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return new IdleTimeoutStream(body, schedule.Inactivity, schedule.Time, Timeout) { Owner = response };
    }

    private IOException Timeout() => new(ConnectionWords.Of(new OperationCanceledException(), schedule.Inactivity));
}

/// <summary>An answer that is larger than anything of its kind: asking again would not make it smaller.</summary>
internal sealed class AnswerTooLargeException(int limit) : Exception($"the answer is larger than {limit} bytes");

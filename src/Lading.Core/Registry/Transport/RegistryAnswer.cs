using System.Net;
using System.Net.Http.Headers;
using Lading.Http;

namespace Lading.Registry.Transport;

/// <summary>The response to a request. Its body has a size limit and an inactivity limit.</summary>
internal sealed class RegistryAnswer(HttpResponseMessage response, RetrySchedule schedule) : IDisposable
{
    private bool isOpened;

    public HttpStatusCode Status => response.StatusCode;

    /// <summary>Whether the status is a success.</summary>
    public bool IsSuccess => response.IsSuccessStatusCode;

    public HttpResponseHeaders Headers => response.Headers;

    public HttpContentHeaders BodyHeaders => response.Content.Headers;

    /// <summary>The address that answered, after redirects.</summary>
    public Uri Address => response.RequestMessage!.RequestUri!;

    /// <summary>A header's raw value, with repeated headers joined; empty if there is none.</summary>
    public IEnumerable<string> Values(string header) =>
        response.Headers.NonValidated.TryGetValues(header, out var values) ? values : [];

    /// <summary>Reads a small body up to a limit.</summary>
    /// <exception cref="AnswerTooLargeException">It is larger.</exception>
    /// <exception cref="IOException">It ended early, or stalled.</exception>
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

    /// <summary>Opens the body; from then on the response lives as long as the stream.</summary>
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

/// <summary>A response that is larger than any of its kind: repeating the request would not help.</summary>
internal sealed class AnswerTooLargeException(int limit) : Exception($"the answer is larger than {limit} bytes");

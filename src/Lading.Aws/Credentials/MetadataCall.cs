using System.Net;
using Lading.Http;

namespace Lading.Aws.Credentials;

/// <summary>Asks a service of this machine or its link for keys, a few times and for a short while.</summary>
internal static class MetadataCall
{
    private const int Tries = 3;
    private const int MostText = 200;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(200);

    /// <summary>Sends a message until it is answered.</summary>
    /// <param name="http">The connections: none of these addresses is reached through a proxy.</param>
    /// <param name="create">Makes the message, anew for each try.</param>
    /// <param name="origin">Who is asked, for errors.</param>
    /// <param name="limit">How long a try may take.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">Nobody answered, or with an error.</exception>
    public static async Task<byte[]> SendAsync(
        HttpConnections http,
        Func<HttpRequestMessage> create,
        string origin,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                end.CancelAfter(limit);
                using var message = create();
                using var response = await http.Client.SendAsync(message, end.Token).ConfigureAwait(false);
                var body = await response.Content.ReadAsByteArrayAsync(end.Token).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    return body;
                }

                if (tried == Tries || !RetrySchedule.IsPassing(response.StatusCode))
                {
                    throw Refused(origin, response.StatusCode, body);
                }
            }
            catch (Exception e)
                when (e is HttpRequestException or OperationCanceledException
                    && !cancellationToken.IsCancellationRequested
                )
            {
                if (tried == Tries)
                {
                    throw new IOException($"{origin} does not answer: {ConnectionWords.Of(e, limit)}", e);
                }
            }

            await Task.Delay(Wait * tried, cancellationToken).ConfigureAwait(false);
        }
    }

    private static MetadataRefusalException Refused(string origin, HttpStatusCode status, byte[] body)
    {
        var text = string.Concat(System.Text.Encoding.UTF8.GetString(body).Where(c => !char.IsControl(c))).Trim();
        return new MetadataRefusalException(
            $"{origin} answered {(int)status} {status}{(text.Length == 0 ? "" : $": {text[..Math.Min(MostText, text.Length)]}")}",
            status
        );
    }
}

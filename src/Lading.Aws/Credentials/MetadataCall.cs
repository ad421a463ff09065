using System.Net;
using Lading.Http;

namespace Lading.Aws.Credentials;

/// <summary>Requests keys from the metadata service of a container or machine, with a few short attempts.</summary>
internal static class MetadataCall
{
    private const int MaximumText = 200;

    /// <summary>Limited by the number of attempts, each with its own time limit.</summary>
    private static readonly RetrySchedule Schedule = new(TimeProvider.System, new Random())
    {
        Tries = 3,
        FirstWait = TimeSpan.FromMilliseconds(400),
        Total = TimeSpan.FromHours(1),
    };

    /// <summary>Sends a request, repeatedly if it is not answered.</summary>
    /// <param name="http">The connections, which use no proxy for these addresses.</param>
    /// <param name="create">Creates a new message for each attempt.</param>
    /// <param name="origin">The service, for errors.</param>
    /// <param name="limit">The time limit of an attempt.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="IOException">There was no answer, or an error.</exception>
    public static Task<byte[]> SendAsync(
        HttpConnections http,
        Func<HttpRequestMessage> create,
        string origin,
        TimeSpan limit,
        CancellationToken cancellationToken
    ) =>
        new RetryLoop(Schedule, log: null).RunAsync(
            origin,
            (_, token) => TryAsync(http, create, origin, limit, token),
            (failed, _) =>
                failed.Cause as MetadataRefusalException
                ?? new IOException($"{origin} does not answer: {failed.Text}", failed.Cause),
            cancellationToken
        );

    private static async Task<Attempt<byte[]>> TryAsync(
        HttpConnections http,
        Func<HttpRequestMessage> create,
        string origin,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
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
                return new Attempt<byte[]>(body, null);
            }

            var refused = Refused(origin, response.StatusCode, body);
            return RetrySchedule.IsPassing(response.StatusCode)
                ? new FailedAttempt(refused.Message, Schedule.Tries) { Cause = refused }
                : throw refused;
        }
        catch (Exception e)
            when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return FailedAttempt.OfConnection(e, Schedule with { Inactivity = limit });
        }
    }

    private static MetadataRefusalException Refused(string origin, HttpStatusCode status, byte[] body)
    {
        var text = string.Concat(System.Text.Encoding.UTF8.GetString(body).Where(c => !char.IsControl(c))).Trim();
        return new MetadataRefusalException(
            $"{origin} answered {(int)status} {status}{(text.Length == 0 ? "" : $": {text[..Math.Min(MaximumText, text.Length)]}")}",
            status
        );
    }
}

/// <summary>A credential service answered that it has none.</summary>
internal sealed class MetadataRefusalException(string message, HttpStatusCode status) : IOException(message)
{
    public HttpStatusCode Status { get; } = status;
}

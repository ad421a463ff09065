using Lading.Http;

namespace Lading.Registry.Transport;

/// <summary>One message and its response: abandoned if nothing moves for a while, and logged without secrets.</summary>
internal sealed class RegistryCall(HttpClient http, RetrySchedule schedule, Action<string>? log)
{
    /// <summary>
    /// The lowest speed at which a working registry processes a body after receiving it, in bytes a second.
    /// </summary>
    private const long SlowestCommit = 10 * 1024 * 1024;

    public async Task<RegistryAnswer> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var started = schedule.Time.GetTimestamp();
        using var inactivity = new InactivityTimer(schedule.Inactivity, schedule.Time, cancellationToken);
        using (message)
        {
            var body = message.Content as BlobContent;
            if (body is not null)
            {
                body.Reading = inactivity.Suspend;
                body.Sending = inactivity.Restart;
                // A registry may process the body before it answers.
                body.Finished = sent => inactivity.Extend(TimeSpan.FromSeconds((double)sent / SlowestCommit));
            }

            try
            {
                var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, inactivity.Token)
                    .ConfigureAwait(false);
                log?.Invoke(
                    $"{message.Method} {Redacted.Of(message.RequestUri!)} {(int)response.StatusCode} {schedule.Time.GetElapsedTime(started).TotalMilliseconds:0} ms"
                );
                if (!response.IsSuccessStatusCode)
                {
                    body?.RevertProgress();
                }

                return new RegistryAnswer(response, schedule);
            }
            catch (Exception e)
            {
                log?.Invoke(
                    $"{message.Method} {Redacted.Of(message.RequestUri!)} {ConnectionWords.Of(e, schedule.Inactivity)}"
                );
                body?.RevertProgress();
                body?.ThrowIfSourceFailed();
                throw;
            }
        }
    }
}

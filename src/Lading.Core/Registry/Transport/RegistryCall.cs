using Lading.Http;

namespace Lading.Registry.Transport;

/// <summary>One message and its answer: given up when nothing moves for a while, and told to whoever listens, without secrets.</summary>
internal sealed class RegistryCall(HttpClient http, RetrySchedule schedule, Action<string>? log)
{
    /// <summary>Below this a registry keeps up with what it is sent: bytes a second.</summary>
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
                // A registry may work on what it got before it answers.
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
                    body?.TakeBack();
                }

                return new RegistryAnswer(response, schedule);
            }
            catch (Exception e)
            {
                log?.Invoke(
                    $"{message.Method} {Redacted.Of(message.RequestUri!)} {ConnectionWords.Of(e, schedule.Inactivity)}"
                );
                body?.TakeBack();
                body?.ThrowIfSourceFailed();
                throw;
            }
        }
    }
}

using Lading.Http;
using Lading.Registry.Credentials;

namespace Lading.Registry.Transport;

/// <summary>Sends requests to one registry: retries transient failures, within limits, and turns errors into messages with a remedy.</summary>
internal sealed class RegistryTransport : IDisposable
{
    /// <summary>The number of concurrent uploads to one host, for all callers together.</summary>
    private const int MaximumUploads = 8;

    private readonly Logins logins;
    private readonly RequestAttempt attempt;
    private readonly RetryLoop retries;

    /// <param name="address">The registry.</param>
    /// <param name="http">The connections, which the caller owns.</param>
    /// <param name="credentials">The logins.</param>
    /// <param name="schedule">How often requests are retried.</param>
    /// <param name="log">Receives each request, without secrets; null for none.</param>
    public RegistryTransport(
        RegistryAddress address,
        HttpConnections http,
        IRegistryCredentials credentials,
        RetrySchedule schedule,
        Action<string>? log = null
    )
    {
        Address = address;
        Schedule = schedule;
        var guard = new TargetGuard(address, http.Proxies);
        logins = new Logins(address, new TokenService(address, guard, http.Client, schedule), credentials);
        attempt = new RequestAttempt(address, guard, logins, new RegistryCall(http.Client, schedule, log));
        retries = new RetryLoop(schedule, log);
    }

    public RegistryAddress Address { get; }

    public RetrySchedule Schedule { get; }

    /// <summary>Limits concurrent uploads; downloads are limited by their consumers.</summary>
    public SemaphoreSlim Uploads { get; } = new(MaximumUploads);

    /// <summary>The connections stay open: the caller owns them.</summary>
    public void Dispose()
    {
        logins.Dispose();
        Uploads.Dispose();
    }

    /// <summary>Sends a request and reads its response.</summary>
    /// <exception cref="LadingException">It failed, finally or after all retries.</exception>
    /// <exception cref="FailedAttemptException">It failed, and may not be repeated unchanged.</exception>
    public Task<T> SendAsync<T>(IRegistryRequest<T> request, CancellationToken cancellationToken) =>
        retries.RunAsync(
            request.Attempted,
            (tally, token) => TryAsync(request, tally, token),
            (failed, tally) => GivenUp(request.Attempted, failed, tally),
            cancellationToken
        );

    /// <summary>After a failed attempt, waits before the next one, as long as the server asked.</summary>
    /// <param name="attempted">The operation.</param>
    /// <param name="failed">The failure.</param>
    /// <param name="tally">The attempts so far, including this one.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="LadingException">Another attempt is not worthwhile.</exception>
    public Task RecoverAsync(
        string attempted,
        FailedAttempt failed,
        AttemptTally tally,
        CancellationToken cancellationToken
    ) =>
        retries.RecoverAsync(attempted, failed, tally, (last, sum) => GivenUp(attempted, last, sum), cancellationToken);

    private async Task<Attempt<T>> TryAsync<T>(
        IRegistryRequest<T> request,
        AttemptTally tally,
        CancellationToken cancellationToken
    )
    {
        FailedAttempt failed;
        try
        {
            using var answer = await attempt.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (request.IsAnswer(answer.Status) && (tally.Tried > 0 || !RetrySchedule.IsPassing(answer.Status)))
            {
                var value = await request.ReadAsync(answer, cancellationToken).ConfigureAwait(false);
                return new Attempt<T>(value, null);
            }

            var error = await RegistryError.ReadAsync(answer, cancellationToken).ConfigureAwait(false);
            if (error.IsLoginOver)
            {
                logins.Forget();
            }

            var delay = Schedule.RetryAfter(answer.Headers);
            failed = RefusedAttempt.Of(error, delay, !Address.IsSameOrigin(answer.Address), Schedule.Tries);
        }
        catch (Exception e) when (IsTransient(e, cancellationToken))
        {
            failed = RefusedAttempt.Of(e, Schedule);
        }

        return request.IsRepeatable || failed.Tries == 1 ? failed : throw new FailedAttemptException(failed);
    }

    private LadingException GivenUp(string attempted, FailedAttempt failed, AttemptTally tally) =>
        failed is RefusedAttempt { Tries: 1 } refused
            ? RegistryFailure.Of(attempted, Address, refused.Error, logins.HasLogin)
        : failed.Asked > Schedule.Total ? RegistryFailure.Busy(attempted, Address, failed, Schedule.Total)
        : RegistryFailure.AfterTries(attempted, Address, failed, tally.Tried, tally.Spent);

    private static bool IsTransient(Exception e, CancellationToken cancellationToken) =>
        e
            is HttpRequestException
                or IOException
                or FormatException
                or AnswerTooLargeException
                or OperationCanceledException
        && !cancellationToken.IsCancellationRequested;
}

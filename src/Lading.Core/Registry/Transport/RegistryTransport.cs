using Lading.Http;
using Lading.Registry.Credentials;

namespace Lading.Registry.Transport;

/// <summary>Sends requests to one registry: tries again what may pass, within bounds, and turns what fails into errors that say what to do.</summary>
internal sealed class RegistryTransport : IDisposable
{
    /// <summary>As many uploads to one host as are under way at the same time, whoever asks for them.</summary>
    private const int MostUploads = 8;

    private readonly Logins logins;
    private readonly RequestAttempt attempt;
    private readonly RetryLoop retries;

    /// <param name="address">Where the registry is.</param>
    /// <param name="http">The connections; they belong to the caller.</param>
    /// <param name="credentials">Who we are there.</param>
    /// <param name="schedule">How often requests are tried.</param>
    /// <param name="log">Told each request, without secrets; null if nobody listens.</param>
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

    /// <summary>Bounds what is sent at the same time; downloads are bounded by what takes them.</summary>
    public SemaphoreSlim Uploads { get; } = new(MostUploads);

    /// <summary>The connections stay: they belong to whoever made them.</summary>
    public void Dispose()
    {
        logins.Dispose();
        Uploads.Dispose();
    }

    /// <summary>Sends a request and reads its answer.</summary>
    /// <exception cref="LadingException">It failed, for good or as often as is reasonable.</exception>
    /// <exception cref="FailedAttemptException">It failed, and is not to be repeated as it is.</exception>
    public Task<T> SendAsync<T>(IRegistryRequest<T> request, CancellationToken cancellationToken) =>
        retries.RunAsync(
            request.Attempted,
            (tally, token) => TryAsync(request, tally, token),
            (failed, tally) => GivenUp(request.Attempted, failed, tally),
            cancellationToken
        );

    /// <summary>After a failed attempt: waits, as long as is asked for, before the next one.</summary>
    /// <param name="attempted">What was attempted.</param>
    /// <param name="failed">What came back.</param>
    /// <param name="tally">The attempts so far, this attempt included.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LadingException">Another attempt is not worth it.</exception>
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

            var asked = Schedule.RetryAfter(answer.Headers);
            failed = RefusedAttempt.Of(error, asked, !Address.IsSameOrigin(answer.Address), Schedule.Tries);
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

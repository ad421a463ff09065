using Lading.Http;
using Lading.Registry.Credentials;

namespace Lading.Registry.Transport;

/// <summary>Sends requests to one registry: tries again what may pass, within bounds, and turns what fails into errors that say what to do.</summary>
internal sealed class RegistryTransport : IDisposable
{
    /// <summary>As many uploads to one host as are under way at the same time, whoever asks for them.</summary>
    private const int MostUploads = 8;

    private readonly Action<string>? log;
    private readonly Logins logins;
    private readonly RegistryExchange exchange;
    private readonly HostPause pause;

    /// <param name="address">Where the registry is.</param>
    /// <param name="http">The connections; they belong to the caller.</param>
    /// <param name="credentials">Who we are there.</param>
    /// <param name="schedule">How often requests are tried.</param>
    /// <param name="log">Told each request, without secrets; null where nobody listens.</param>
    public RegistryTransport(
        RegistryAddress address,
        HttpConnections http,
        IRegistryCredentials credentials,
        RetrySchedule schedule,
        Action<string>? log = null
    )
    {
        this.log = log;
        Address = address;
        Schedule = schedule;
        var guard = new TargetGuard(address, http.Proxies);
        logins = new Logins(address, new TokenService(address, guard, http.Client, schedule), credentials);
        exchange = new RegistryExchange(address, guard, logins, new RegistryCall(http.Client, schedule, log));
        pause = new HostPause(schedule.Time);
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
    /// <exception cref="SetbackException">It failed, and is not to be repeated as it is.</exception>
    public async Task<T> SendAsync<T>(IRegistryRequest<T> request, CancellationToken cancellationToken)
    {
        var started = Schedule.Time.GetTimestamp();
        var tally = new TryTally();
        while (true)
        {
            Setback setback;
            try
            {
                await pause.WaitAsync(cancellationToken).ConfigureAwait(false);
                using var answer = await exchange.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (request.IsAnswer(answer.Status) && (tally.Tried > 0 || !RetrySchedule.IsPassing(answer.Status)))
                {
                    return await request.ReadAsync(answer, cancellationToken).ConfigureAwait(false);
                }

                var error = await RegistryError.ReadAsync(answer, cancellationToken).ConfigureAwait(false);
                if (error.IsLoginOver)
                {
                    logins.Forget();
                }

                setback = Setback.Of(
                    error,
                    Schedule.RetryAfter(answer.Headers),
                    !Address.IsSameOrigin(answer.Address),
                    Schedule.Tries
                );
            }
            catch (Exception e) when (IsTransient(e, cancellationToken))
            {
                setback = Setback.Of(e, Schedule);
            }

            if (!request.IsRepeatable && setback.Tries > 1)
            {
                throw new SetbackException(setback);
            }

            tally.Add(setback, Schedule);
            tally.Spent = Schedule.Time.GetElapsedTime(started);
            await RecoverAsync(request.Attempted, setback, tally, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>After a setback: waits, as long as is asked for, before the next try.</summary>
    /// <param name="attempted">What was attempted.</param>
    /// <param name="setback">What came back.</param>
    /// <param name="tally">What trying came to so far, this setback included.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LadingException">Another try is not worth it.</exception>
    public async Task RecoverAsync(
        string attempted,
        Setback setback,
        TryTally tally,
        CancellationToken cancellationToken
    )
    {
        var wait = Schedule.WaitAfter(tally.Tried, setback.Asked);
        if (setback.Tries == 1 && setback.Error is { } refusal)
        {
            throw RegistryFailure.Of(attempted, Address, refusal, logins.HasLogin);
        }

        if (setback.Asked > Schedule.Total)
        {
            throw RegistryFailure.Busy(attempted, Address, setback, Schedule.Total);
        }

        if (tally.IsOver(setback, Schedule) || tally.Spent + wait > Schedule.Total)
        {
            throw RegistryFailure.AfterTries(attempted, Address, setback, tally.Tried, tally.Spent);
        }

        if (setback.IsBusy)
        {
            pause.For(wait);
        }

        log?.Invoke($"{attempted}: {setback.Text}; try {tally.Tried + 1} in {wait.TotalSeconds:0.0} s");
        if (!setback.IsBusy)
        {
            await Task.Delay(wait, Schedule.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsTransient(Exception e, CancellationToken cancellationToken) =>
        e
            is HttpRequestException
                or IOException
                or FormatException
                or AnswerTooLargeException
                or OperationCanceledException
        && !cancellationToken.IsCancellationRequested;
}

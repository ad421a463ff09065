using System.Net;
using System.Net.Http.Headers;
using Lading.Registry.Credentials;

namespace Lading.Registry.Transport;

/// <summary>Sends requests to one registry: logs in, tries again, follows redirects, and turns what fails into errors that say what to do.</summary>
internal sealed class RegistryTransport : IDisposable
{
    private const int MostRedirects = 5;
    private const int MostRenewals = 3;

    /// <summary>As many uploads to one host as are under way at the same time, whoever asks for them.</summary>
    private const int MostUploads = 8;

    /// <summary>Below this a registry keeps up with what it is sent: bytes a second.</summary>
    private const long SlowestCommit = 10 * 1024 * 1024;

    private readonly HttpClient http;
    private readonly Action<string>? log;
    private readonly Logins logins;
    private readonly TargetGuard guard;
    private readonly HostPause pause;

    /// <param name="address">Where the registry is.</param>
    /// <param name="http">Follows no redirects by itself: <see cref="RegistryHttp.CreateClient()"/>.</param>
    /// <param name="credentials">Who we are there.</param>
    /// <param name="schedule">How often requests are tried.</param>
    /// <param name="log">Told each request, without secrets; null where nobody listens.</param>
    public RegistryTransport(
        RegistryAddress address,
        HttpClient http,
        IRegistryCredentials credentials,
        RetrySchedule schedule,
        Action<string>? log = null
    )
    {
        this.http = http;
        this.log = log;
        Address = address;
        Schedule = schedule;
        guard = new TargetGuard(address);
        logins = new Logins(address, new TokenService(address, guard, http, schedule), credentials);
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
                using var answer = await ExchangeAsync(request, cancellationToken).ConfigureAwait(false);
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
            throw RegistryFailure.Of(attempted, Address, refusal);
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

    /// <summary>One try: the request, and again with a new login where the registry asks for one or refuses the old.</summary>
    private async Task<RegistryAnswer> ExchangeAsync<T>(
        IRegistryRequest<T> request,
        CancellationToken cancellationToken
    )
    {
        await pause.WaitAsync(cancellationToken).ConfigureAwait(false);
        var login = await logins.FindAsync(request.Scope, cancellationToken).ConfigureAwait(false);
        var answer = await FollowAsync(request, login, cancellationToken).ConfigureAwait(false);
        try
        {
            // The first refusal says how to log in; further ones, that what was given ended before its time.
            for (var renewals = 0; renewals < MostRenewals && IsRefused(answer); renewals++)
            {
                var challenges = Challenge.Parse(answer.Values("WWW-Authenticate"));
                var renewed = await logins
                    .RenewAsync(challenges, request.Scope, login, cancellationToken)
                    .ConfigureAwait(false);
                if (renewed is null)
                {
                    return answer;
                }

                answer.Dispose();
                login = renewed;
                answer = await FollowAsync(request, login, cancellationToken).ConfigureAwait(false);
            }

            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private bool IsRefused(RegistryAnswer answer) =>
        answer.Status == HttpStatusCode.Unauthorized && Address.IsSameOrigin(answer.Address);

    /// <summary>The request and the redirects that follow from it. The login goes to the registry itself alone.</summary>
    private async Task<RegistryAnswer> FollowAsync<T>(
        IRegistryRequest<T> request,
        AuthenticationHeaderValue? login,
        CancellationToken cancellationToken
    )
    {
        Uri? target = null;
        for (var hops = 0; ; hops++)
        {
            var message = request.CreateMessage(Address.Root);
            message.RequestUri = target ??= message.RequestUri!;
            await guard.RequireAsync(request.Attempted, target, cancellationToken).ConfigureAwait(false);
            message.Headers.Authorization = Address.IsSameOrigin(target) ? login : null;
            if (!request.MovesBlob)
            {
                message.Version = HttpVersion.Version20;
            }

            var answer = await SendOnceAsync(message, cancellationToken).ConfigureAwait(false);
            if (Redirect(answer) is not { } next)
            {
                return answer;
            }

            answer.Dispose();
            target = next;
            if (hops == MostRedirects)
            {
                throw new LadingException(
                    $"{request.Attempted} at {Address.Host}",
                    $"the registry redirected it {hops + 1} times, at last to {Redacted.Of(next)}"
                );
            }
        }
    }

    private async Task<RegistryAnswer> SendOnceAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var started = Schedule.Time.GetTimestamp();
        using var inactivity = new InactivityTimer(Schedule.Inactivity, Schedule.Time, cancellationToken);
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
                    $"{message.Method} {Redacted.Of(message.RequestUri!)} {(int)response.StatusCode} {Schedule.Time.GetElapsedTime(started).TotalMilliseconds:0} ms"
                );
                if (!response.IsSuccessStatusCode)
                {
                    body?.TakeBack();
                }

                return new RegistryAnswer(response, Schedule);
            }
            catch (Exception e)
            {
                log?.Invoke($"{message.Method} {Redacted.Of(message.RequestUri!)} {Words.Of(e, Schedule.Inactivity)}");
                body?.TakeBack();
                body?.ThrowIfSourceFailed();
                throw;
            }
        }
    }

    private static Uri? Redirect(RegistryAnswer answer) =>
        answer.Status
            is HttpStatusCode.MovedPermanently
                or HttpStatusCode.Found
                or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect
                or HttpStatusCode.PermanentRedirect
        && answer.Headers.Location is { } location
            ? new Uri(answer.Address, location)
            : null;

    private static bool IsTransient(Exception e, CancellationToken cancellationToken) =>
        e
            is HttpRequestException
                or IOException
                or FormatException
                or AnswerTooLargeException
                or OperationCanceledException
        && !cancellationToken.IsCancellationRequested;
}

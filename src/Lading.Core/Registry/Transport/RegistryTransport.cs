using System.Net;
using Lading.Oci;
using Lading.Registry.Credentials;

namespace Lading.Registry.Transport;

/// <summary>Sends requests to one registry: logs in, tries again, follows redirects, and turns what fails into errors that say what to do.</summary>
internal sealed class RegistryTransport(
    RegistryAddress address,
    HttpClient http,
    IRegistryCredentials credentials,
    RetrySchedule schedule,
    Action<string>? log = null
)
{
    private const int MostRedirects = 5;
    private readonly Logins logins = new(address, http, credentials, schedule.Time);
    private readonly HostPause pause = new(schedule.Time);

    public RegistryAddress Address { get; } = address;

    public RetrySchedule Schedule { get; } = schedule;

    /// <summary>Sends a request and reads its answer.</summary>
    /// <exception cref="LadingException">It failed, for good or as often as is reasonable.</exception>
    public async Task<T> SendAsync<T>(IRegistryRequest<T> request, CancellationToken cancellationToken)
    {
        var started = Schedule.Time.GetTimestamp();
        var hasRenewed = false;
        for (var tried = 1; ; tried++)
        {
            await pause.WaitAsync(cancellationToken).ConfigureAwait(false);
            string failure;
            Exception? cause = null;
            HttpResponseMessage? response = null;
            try
            {
                response = await ExchangeAsync(request, cancellationToken).ConfigureAwait(false);
                if (response.StatusCode == HttpStatusCode.Unauthorized && !hasRenewed)
                {
                    // A token may end early; the body is opened again with the new one.
                    hasRenewed = await logins
                        .RenewAsync(response, request.Scope, cancellationToken)
                        .ConfigureAwait(false);
                    if (hasRenewed)
                    {
                        tried--;
                        response.Dispose();
                        continue;
                    }
                }

                if (
                    request.IsAnswer(response.StatusCode)
                    && !(RetrySchedule.IsPassing(response.StatusCode) && tried < 2)
                )
                {
                    return await ReadAsync(request, response, cancellationToken).ConfigureAwait(false);
                }

                var error = await RegistryError.ReadAsync(response, cancellationToken).ConfigureAwait(false);
                if (!IsWorthAnotherTry(response))
                {
                    response.Dispose();
                    throw RegistryFailure.Of(request.Attempted, Address, error);
                }

                failure = error.Said;
            }
            catch (Exception e) when (IsTransient(e, cancellationToken))
            {
                failure = Words.Of(e, Schedule.Inactivity);
                cause = e;
            }

            var wait = Schedule.WaitAfter(tried, response);
            var isOver = Schedule.Time.GetElapsedTime(started) + wait > Schedule.Total;
            if (response?.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            {
                pause.For(wait);
            }

            response?.Dispose();
            if (tried >= Schedule.Tries || isOver)
            {
                throw RegistryFailure.AfterTries(
                    request.Attempted,
                    Address,
                    failure,
                    tried,
                    Schedule.Time.GetElapsedTime(started),
                    cause
                );
            }

            log?.Invoke($"{request.Attempted}: {failure}; try {tried + 1} of {Schedule.Tries}");
            await Task.Delay(wait, Schedule.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<T> ReadAsync<T>(
        IRegistryRequest<T> request,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        var isKept = false;
        try
        {
            var answer = await request.ReadAsync(response, cancellationToken).ConfigureAwait(false);
            isKept = answer is BlobPart;
            return answer;
        }
        catch (FormatException e)
        {
            throw new IOException(e.Message, e);
        }
        finally
        {
            if (!isKept)
            {
                response.Dispose();
            }
        }
    }

    /// <summary>One try: the request and the redirects that follow from it.</summary>
    private async Task<HttpResponseMessage> ExchangeAsync<T>(
        IRegistryRequest<T> request,
        CancellationToken cancellationToken
    )
    {
        using var inactivity = new InactivityTimer(Schedule.Inactivity, Schedule.Time, cancellationToken);
        var message = request.CreateMessage(Address.Root);
        var target = message.RequestUri!;
        if (!Address.Allows(target))
        {
            message.Dispose();
            throw RegistryFailure.Forbidden(request.Attempted, Address, target);
        }

        if (message.Content is BlobContent body)
        {
            body.Moved = inactivity.Restart;
        }

        if (IsOurs(target))
        {
            await logins.AuthorizeAsync(message, request.Scope, inactivity.Token).ConfigureAwait(false);
        }

        var response = await SendOnceAsync(message, inactivity).ConfigureAwait(false);
        for (var hops = 0; IsRedirect(response) && hops < MostRedirects; hops++)
        {
            target = new Uri(target, response.Headers.Location!);
            response.Dispose();
            if (!Address.Allows(target))
            {
                throw RegistryFailure.Forbidden(request.Attempted, Address, target);
            }

            inactivity.Restart();
            message = request.CreateMessage(Address.Root);
            message.RequestUri = target;
            if (IsOurs(target))
            {
                await logins.AuthorizeAsync(message, request.Scope, inactivity.Token).ConfigureAwait(false);
            }

            response = await SendOnceAsync(message, inactivity).ConfigureAwait(false);
        }

        return response;
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage message, InactivityTimer inactivity)
    {
        using (message)
        {
            var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, inactivity.Token)
                .ConfigureAwait(false);
            log?.Invoke($"{message.Method} {Redacted.Of(message.RequestUri!)} {(int)response.StatusCode}");
            return response;
        }
    }

    /// <summary>Credentials go to the registry alone: same scheme, host and port.</summary>
    private bool IsOurs(Uri target) =>
        target.Scheme == Address.Root.Scheme && target.Host == Address.Root.Host && target.Port == Address.Root.Port;

    private static bool IsRedirect(HttpResponseMessage response) =>
        response.Headers.Location is not null
        && response.StatusCode
            is HttpStatusCode.MovedPermanently
                or HttpStatusCode.Found
                or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect
                or HttpStatusCode.PermanentRedirect;

    /// <summary>A redirect's target may refuse because the address has expired: the registry gives a new one.</summary>
    private bool IsWorthAnotherTry(HttpResponseMessage response) =>
        RetrySchedule.IsPassing(response.StatusCode)
        || (
            response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest
            && !IsOurs(response.RequestMessage!.RequestUri!)
        );

    private static bool IsTransient(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or IOException or OperationCanceledException
        && !cancellationToken.IsCancellationRequested;
}

using System.Net;
using System.Net.Http.Headers;
using Lading.Http;

namespace Lading.Registry.Transport;

/// <summary>One attempt at a request to a registry, with its login and its redirects.</summary>
internal sealed class RequestAttempt(RegistryAddress address, TargetGuard guard, Logins logins, RegistryCall call)
{
    private const int MaximumRedirects = 5;
    private const int MaximumRenewals = 3;

    /// <summary>Sends the request, and again with a new login if the registry asks for one or refuses the old one.</summary>
    public async Task<RegistryAnswer> SendAsync<T>(IRegistryRequest<T> request, CancellationToken cancellationToken)
    {
        var login = await logins.FindAsync(request.Scope, cancellationToken).ConfigureAwait(false);
        var answer = await FollowAsync(request, login, cancellationToken).ConfigureAwait(false);
        try
        {
            // The first refusal has the challenge; later ones mean that the login expired early.
            for (var renewals = 0; renewals < MaximumRenewals && IsRefused(answer); renewals++)
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
        answer.Status == HttpStatusCode.Unauthorized && address.IsSameOrigin(answer.Address);

    /// <summary>The request and its redirects. Only the registry itself receives the login.</summary>
    private async Task<RegistryAnswer> FollowAsync<T>(
        IRegistryRequest<T> request,
        AuthenticationHeaderValue? login,
        CancellationToken cancellationToken
    )
    {
        Uri? target = null;
        for (var hops = 0; ; hops++)
        {
            var message = request.CreateMessage(address.Root);
            message.RequestUri = target ??= message.RequestUri!;
            await guard.RequireAsync(request.Attempted, target, cancellationToken).ConfigureAwait(false);
            message.Headers.Authorization = address.IsSameOrigin(target) ? login : null;
            if (!request.MovesBlob)
            {
                message.Version = HttpVersion.Version20;
            }

            var answer = await call.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if (Redirect(answer) is not { } next)
            {
                return answer;
            }

            answer.Dispose();
            target = next;
            if (hops == MaximumRedirects)
            {
                throw new LadingException(
                    $"{request.Attempted} at {address.Host}",
                    $"the registry redirected it {hops + 1} times, at last to {Redacted.Of(next)}"
                );
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
}

/// <summary>A transient failure of another server, such as the token service.</summary>
internal sealed class PassingFailureException(string message, TimeSpan? asked) : IOException(message)
{
    /// <summary>The requested delay.</summary>
    public TimeSpan? Asked { get; } = asked;
}

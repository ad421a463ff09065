using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Lading.Http;
using Lading.Registry.Credentials;

namespace Lading.Registry.Transport;

/// <summary>Requests tokens from a registry's token service (distribution token specification; OAuth 2 for refresh tokens).</summary>
internal sealed class TokenService(RegistryAddress address, TargetGuard guard, HttpClient http, RetrySchedule schedule)
{
    private const string Attempted = "Could not log in";
    private const int LargestAnswer = 1024 * 1024;

    /// <summary>The lifetime of a token whose response states none (token specification).</summary>
    private static readonly TimeSpan DefaultLife = TimeSpan.FromSeconds(60);

    /// <summary>Whether a token is about to expire: within a margin, or after half of a short lifetime.</summary>
    public bool IsOver(Token token, TimeSpan margin) =>
        schedule.Time.GetElapsedTime(token.Arrived) > (token.Life < 2 * margin ? token.Life / 2 : token.Life - margin);

    /// <exception cref="PassingFailureException">The service is busy or broken.</exception>
    /// <exception cref="LadingException">It refuses.</exception>
    public async Task<Token> FetchAsync(
        Challenge challenge,
        ScopeSet scope,
        RegistryLogin? login,
        CancellationToken cancellationToken
    )
    {
        await guard.RequireAsync(Attempted, challenge.Realm!, cancellationToken).ConfigureAwait(false);
        using var inactivity = new InactivityTimer(schedule.Inactivity, schedule.Time, cancellationToken);
        using var message = Message(challenge, scope, login);
        using var answer = new RegistryAnswer(
            await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, inactivity.Token)
                .ConfigureAwait(false),
            schedule
        );
        var arrived = schedule.Time.GetTimestamp();
        if (!answer.IsSuccess)
        {
            var error = await RegistryError.ReadAsync(answer, cancellationToken).ConfigureAwait(false);
            throw RetrySchedule.IsPassing(answer.Status)
                ? new PassingFailureException(
                    $"its token service: {error.Description}",
                    schedule.RetryAfter(answer.Headers)
                )
                : RegistryFailure.Of(
                    Attempted,
                    address,
                    error with
                    {
                        Status = HttpStatusCode.Unauthorized,
                    },
                    login is not null
                );
        }

        return Read(await answer.ReadBodyAsync(LargestAnswer, cancellationToken).ConfigureAwait(false), scope, arrived);
    }

    private static HttpRequestMessage Message(Challenge challenge, ScopeSet scope, RegistryLogin? login)
    {
        if (login?.IdentityToken is { } refresh)
        {
            return new HttpRequestMessage(HttpMethod.Post, challenge.Realm)
            {
                Content = new FormUrlEncodedContent(
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["grant_type"] = "refresh_token",
                        ["refresh_token"] = refresh,
                        ["service"] = challenge.Service ?? "",
                        ["scope"] = scope.ToString(),
                        ["client_id"] = "lading",
                    }
                ),
            };
        }

        var query = scope.Items.Select(item => $"scope={Uri.EscapeDataString(item)}");
        if (challenge.Service is { } service)
        {
            query = query.Prepend($"service={Uri.EscapeDataString(service)}");
        }

        var parameters = string.Join('&', query);
        var realm = challenge.Realm!;
        var target = new UriBuilder(realm)
        {
            Query = realm.Query.Length > 1 ? $"{realm.Query[1..]}&{parameters}" : parameters,
        };
        var message = new HttpRequestMessage(HttpMethod.Get, target.Uri);
        message.Headers.Authorization = login is null ? null : Logins.BasicHeader(login);
        return message;
    }

    private Token Read(byte[] body, ScopeSet scope, long arrived)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var value = root.FindText("token") ?? root.FindText("access_token");
            if (!string.IsNullOrEmpty(value))
            {
                // Measured with the local clock from its arrival: the service's may be wrong.
                var life =
                    root.TryGetProperty("expires_in", out var seconds)
                    && seconds.ValueKind == JsonValueKind.Number
                    && seconds.TryGetDouble(out var number)
                    && number > 0
                        ? TimeSpan.FromSeconds(Math.Min(number, TimeSpan.FromDays(1).TotalSeconds))
                        : DefaultLife;
                return new Token(new AuthenticationHeaderValue("Bearer", value), scope, arrived, life);
            }
        }
        catch (JsonException e)
        {
            throw new PassingFailureException($"its token service: {JsonFault.Of(e)}", null);
        }

        throw new LadingException($"{Attempted} at {address.Host}", "the token service answered without a token");
    }
}

/// <summary>A token of a registry's token service.</summary>
/// <param name="Header">The Authorization header.</param>
/// <param name="Scope">The requested scope.</param>
/// <param name="Arrived">When it arrived, by the monotonic clock.</param>
/// <param name="Life">Its lifetime from then on.</param>
internal sealed record Token(AuthenticationHeaderValue Header, ScopeSet Scope, long Arrived, TimeSpan Life)
{
    /// <summary>Hides its value, which could end up in a message.</summary>
    public override string ToString() => "token";
}

using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Lading.Registry.Credentials;

namespace Lading.Registry.Transport;

/// <summary>Logs in to one registry: nothing, Basic, or a token for each scope, as the registry asks for; remembered until shortly before it ends.</summary>
internal sealed class Logins(
    RegistryAddress address,
    HttpClient http,
    IRegistryCredentials credentials,
    TimeProvider time
)
{
    /// <summary>What the token specification says a token lasts where nothing is said.</summary>
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(60);

    /// <summary>A token is not used for the last of its time: a body takes a while to send.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<RegistryScope, Token> tokens = new();
    private volatile Challenge? challenge;
    private volatile AuthenticationHeaderValue? basic;

    /// <summary>Adds what the registry asked for earlier, if it asked for anything.</summary>
    public async Task AuthorizeAsync(
        HttpRequestMessage message,
        RegistryScope scope,
        CancellationToken cancellationToken
    )
    {
        if (basic is { } header)
        {
            message.Headers.Authorization = header;
        }
        else if (challenge is { } known)
        {
            if (!tokens.TryGetValue(scope, out var token) || time.GetUtcNow() > token.Until)
            {
                token = await FetchAsync(known, scope, renew: false, cancellationToken).ConfigureAwait(false);
            }

            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        }
    }

    /// <summary>After a 401: logs in as it asks for. False where there is nothing to log in with.</summary>
    public async Task<bool> RenewAsync(
        HttpResponseMessage response,
        RegistryScope scope,
        CancellationToken cancellationToken
    )
    {
        var challenges = Challenge.Of(response);
        if (challenges.FirstOrDefault(c => Is(c, "Bearer") && c.Realm is not null) is { } bearer)
        {
            var isFirst = challenge is null;
            challenge = bearer;
            _ = await FetchAsync(bearer, scope, renew: !isFirst, cancellationToken).ConfigureAwait(false);
            return true;
        }

        if (!challenges.Any(c => Is(c, "Basic")))
        {
            return false;
        }

        var login = await credentials
            .FindAsync(address.Host, basic is not null, cancellationToken)
            .ConfigureAwait(false);
        if (login is null)
        {
            return false;
        }

        basic = BasicHeader(login);
        return true;
    }

    private async Task<Token> FetchAsync(
        Challenge bearer,
        RegistryScope scope,
        bool renew,
        CancellationToken cancellationToken
    )
    {
        var login = await credentials.FindAsync(address.Host, renew, cancellationToken).ConfigureAwait(false);
        using var message = TokenMessage(bearer, scope, login);
        if (!address.Allows(message.RequestUri!))
        {
            throw RegistryFailure.Forbidden("Could not log in", address, message.RequestUri!);
        }

        using var response = await http.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            var error = await RegistryError.ReadAsync(response, cancellationToken).ConfigureAwait(false);
            throw RetrySchedule.IsPassing(response.StatusCode)
                ? new HttpRequestException($"the token service said: {error.Said}")
                : RegistryFailure.Of(
                    "Could not log in",
                    address,
                    error with
                    {
                        Status = System.Net.HttpStatusCode.Unauthorized,
                    }
                );
        }

        var token = await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        tokens[scope] = token;
        return token;
    }

    private static HttpRequestMessage TokenMessage(Challenge bearer, RegistryScope scope, RegistryLogin? login)
    {
        var service = bearer.Service ?? "";
        if (login?.IdentityToken is { } refresh)
        {
            return new HttpRequestMessage(HttpMethod.Post, bearer.Realm)
            {
                Content = new FormUrlEncodedContent(
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["grant_type"] = "refresh_token",
                        ["refresh_token"] = refresh,
                        ["service"] = service,
                        ["scope"] = scope.ToString(),
                        ["client_id"] = "lading",
                    }
                ),
            };
        }

        var separator = bearer.Realm!.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        var message = new HttpRequestMessage(
            HttpMethod.Get,
            $"{bearer.Realm}{separator}service={Uri.EscapeDataString(service)}&scope={Uri.EscapeDataString(scope.ToString())}"
        );
        message.Headers.Authorization = login is null ? null : BasicHeader(login);
        return message;
    }

    private async Task<Token> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(
            await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)
        );
        var root = document.RootElement;
        var value =
            (root.TryGetProperty("token", out var token) ? token.GetString() : null)
            ?? (root.TryGetProperty("access_token", out var access) ? access.GetString() : null)
            ?? throw new LadingException(
                $"Could not log in at {address.Host}",
                "the token service answered without a token"
            );

        // Counted by our own clock from its arrival: the service's may be wrong.
        var life =
            root.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt32(out var number)
                ? TimeSpan.FromSeconds(number)
                : ShortestLife;
        return new Token(value, time.GetUtcNow() + (life < 2 * Margin ? life / 2 : life - Margin));
    }

    private static bool Is(Challenge challenge, string scheme) =>
        string.Equals(challenge.Scheme, scheme, StringComparison.OrdinalIgnoreCase);

    private static AuthenticationHeaderValue BasicHeader(RegistryLogin login) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.User}:{login.Password}")));

    private sealed record Token(string Value, DateTimeOffset Until);
}

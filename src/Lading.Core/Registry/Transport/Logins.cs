using System.Net.Http.Headers;
using System.Text;
using Lading.Registry.Credentials;

namespace Lading.Registry.Transport;

/// <summary>
/// Logs in to one registry as its challenge asks: not at all, with Basic, or with a token for each scope, which is
/// cached until shortly before it expires.
/// </summary>
internal sealed class Logins(RegistryAddress address, TokenService service, IRegistryCredentials credentials)
    : IDisposable
{
    /// <summary>A token is not used shortly before it expires: a body takes a while to send.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim gate = new(1);
    private readonly List<Token> tokens = [];
    private Challenge? challenge;
    private AuthenticationHeaderValue? basic;
    private volatile bool hasExpired;
    private volatile bool hasLogin;

    /// <summary>Whether the registry asked for a login and one is stored for it.</summary>
    public bool HasLogin => hasLogin;

    /// <summary>The remembered login has expired: the next request gets a new one.</summary>
    public void Forget() => hasExpired = true;

    /// <summary>
    /// The authorization for a request, by the challenge that the registry sent earlier; null if it has sent none.
    /// </summary>
    public async Task<AuthenticationHeaderValue?> FindAsync(ScopeSet scope, CancellationToken cancellationToken)
    {
        // One at a time: what many requests need is requested once.
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var renew = hasExpired;
            hasExpired = false;
            if (renew)
            {
                tokens.Clear();
            }

            if (basic is not null && renew)
            {
                basic = await BasicAsync(renew, cancellationToken).ConfigureAwait(false);
            }

            return basic is not null ? basic
                : challenge is not null ? await TokenAsync(scope, renew, cancellationToken).ConfigureAwait(false)
                : null;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>
    /// After a refusal: logs in as the registry's challenge asks, without the refused login or token.
    /// </summary>
    /// <param name="challenges">The registry's challenges.</param>
    /// <param name="scope">The scope of the request.</param>
    /// <param name="refused">The authorization that was refused; null if none was sent.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The new authorization; null if there is none.</returns>
    public async Task<AuthenticationHeaderValue?> RenewAsync(
        IReadOnlyList<Challenge> challenges,
        ScopeSet scope,
        AuthenticationHeaderValue? refused,
        CancellationToken cancellationToken
    )
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (challenges.FirstOrDefault(asked => asked.IsBearer) is { } bearer)
            {
                challenge = bearer;
                basic = null;
                var combined = scope.Union(bearer.Scope);
                tokens.RemoveAll(token => token.Header.Equals(refused));
                return await TokenAsync(combined, refused is not null, cancellationToken).ConfigureAwait(false);
            }

            if (!challenges.Any(asked => asked.IsBasic))
            {
                return null;
            }

            // Another request may have renewed it meanwhile.
            if (basic is null || basic.Equals(refused))
            {
                basic = await BasicAsync(refused is not null, cancellationToken).ConfigureAwait(false);
            }

            return basic is null || basic.Equals(refused) ? null : basic;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    internal static AuthenticationHeaderValue BasicHeader(RegistryLogin login) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.User}:{login.Password}")));

    private async Task<AuthenticationHeaderValue?> BasicAsync(bool renew, CancellationToken cancellationToken)
    {
        var login = await FindLoginAsync(renew, cancellationToken).ConfigureAwait(false);
        return login is null ? null : BasicHeader(login);
    }

    private async Task<AuthenticationHeaderValue> TokenAsync(
        ScopeSet scope,
        bool renew,
        CancellationToken cancellationToken
    )
    {
        tokens.RemoveAll(token => service.IsOver(token, Margin));
        if (tokens.Find(token => token.Scope.Covers(scope)) is { } known)
        {
            return known.Header;
        }

        var login = await FindLoginAsync(renew, cancellationToken).ConfigureAwait(false);
        var fetched = await service.FetchAsync(challenge!, scope, login, cancellationToken).ConfigureAwait(false);
        tokens.Add(fetched);
        return fetched.Header;
    }

    private async Task<RegistryLogin?> FindLoginAsync(bool renew, CancellationToken cancellationToken)
    {
        var login = await credentials.FindAsync(address.Host, renew, cancellationToken).ConfigureAwait(false);
        hasLogin |= login is not null;
        return login;
    }
}

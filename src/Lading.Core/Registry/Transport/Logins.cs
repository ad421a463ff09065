using System.Net.Http.Headers;
using System.Text;
using Lading.Registry.Credentials;

namespace Lading.Registry.Transport;

/// <summary>
/// Logs in to one registry, depending on its challenge: not at all, with Basic, or with a token for each scope, which is remembered
/// until shortly before it expires.
/// </summary>
internal sealed class Logins(RegistryAddress address, TokenService service, IRegistryCredentials credentials)
    : IDisposable
{
    /// <summary>A token is not used shortly before it expires: a body takes a while to send.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim turn = new(1);
    private readonly List<Token> tokens = [];
    private Challenge? challenge;
    private AuthenticationHeaderValue? basic;
    private volatile bool isOver;
    private volatile bool hasLogin;

    /// <summary>Whether the registry asked for a login and one is stored for it.</summary>
    public bool HasLogin => hasLogin;

    /// <summary>The remembered login has expired: the next request gets a new one.</summary>
    public void Forget() => isOver = true;

    /// <summary>The authorization for a request, by the registry's earlier challenge; null if there was none yet.</summary>
    public async Task<AuthenticationHeaderValue?> FindAsync(ScopeSet scope, CancellationToken cancellationToken)
    {
        // One at a time: what many requests need is requested once.
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var renew = isOver;
            isOver = false;
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
            turn.Release();
        }
    }

    /// <summary>After a refusal: logs in by the registry's challenge, ignoring what is remembered.</summary>
    /// <param name="challenges">What it asks for.</param>
    /// <param name="scope">What is needed.</param>
    /// <param name="refused">What was sent.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The new authorization; null if there is none.</returns>
    public async Task<AuthenticationHeaderValue?> RenewAsync(
        IReadOnlyList<Challenge> challenges,
        ScopeSet scope,
        AuthenticationHeaderValue? refused,
        CancellationToken cancellationToken
    )
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (challenges.FirstOrDefault(asked => asked.IsBearer) is { } bearer)
            {
                challenge = bearer;
                basic = null;
                var whole = scope.Union(bearer.Scope);
                tokens.RemoveAll(token => token.Header.Equals(refused));
                return await TokenAsync(whole, refused is not null, cancellationToken).ConfigureAwait(false);
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
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

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

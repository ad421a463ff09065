using Lading.Registry.Credentials;

namespace Lading.Aws.Ecr;

/// <summary>ECR's login, kept in memory, and renewed after half of its lifetime or when it is refused.</summary>
internal sealed class EcrCredentials(AwsSession session, string registryId) : IRegistryCredentials, IDisposable
{
    /// <summary>Tokens are valid for 12 hours.</summary>
    private static readonly TimeSpan HalfLife = TimeSpan.FromHours(6);

    /// <summary>Concurrent requests that are refused before the first login share one login.</summary>
    private static readonly TimeSpan MinimumAge = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim gate = new(1);
    private EcrLogin? login;
    private long since;

    /// <summary>The login, which also has the registry's address.</summary>
    public async Task<EcrLogin> GetAsync(bool renew, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (login is null || session.Schedule.Time.GetElapsedTime(since) > (renew ? MinimumAge : HalfLife))
            {
                login = await session
                    .ReadAsync(new GetAuthorizationToken(registryId), cancellationToken)
                    .ConfigureAwait(false);
                since = session.Schedule.Time.GetTimestamp();
            }

            return login;
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task<RegistryLogin?> FindAsync(string host, bool renew, CancellationToken cancellationToken)
    {
        var current = await GetAsync(renew, cancellationToken).ConfigureAwait(false);
        return new RegistryLogin { User = current.User, Password = current.Password };
    }

    public void Dispose() => gate.Dispose();
}

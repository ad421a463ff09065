namespace Lading.Registry.Credentials;

/// <summary>Provides logins, which stay in memory.</summary>
internal interface IRegistryCredentials
{
    /// <summary>The login for a host; null for none.</summary>
    /// <param name="host">The host, as image references name it.</param>
    /// <param name="renew">True if the last one was refused: read it again instead of returning the remembered one.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    Task<RegistryLogin?> FindAsync(string host, bool renew, CancellationToken cancellationToken);
}

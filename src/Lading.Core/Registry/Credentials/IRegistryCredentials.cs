namespace Lading.Registry.Credentials;

/// <summary>Where logins come from. They are held in memory alone.</summary>
internal interface IRegistryCredentials
{
    /// <summary>The login for a host; null for none.</summary>
    /// <param name="host">As in references.</param>
    /// <param name="renew">True if the last one was refused: ask again instead of remembering.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<RegistryLogin?> FindAsync(string host, bool renew, CancellationToken cancellationToken);
}

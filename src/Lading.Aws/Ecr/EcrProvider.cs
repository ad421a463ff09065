using Lading.Configuration;
using Lading.Oci;
using Lading.Registries;
using Lading.Registry;

namespace Lading.Aws.Ecr;

/// <summary>Amazon ECR: the registries of environments with an account, and hosts of ECR without another login.</summary>
/// <param name="connections">The connections and limits that all registries share.</param>
/// <param name="variable">Returns an environment variable; null if it is not set.</param>
/// <param name="askCode">Asks for the code of an MFA device; null if there is no user to ask.</param>
internal sealed class EcrProvider(
    RegistryConnections connections,
    Func<string, string?> variable,
    Func<string, string?>? askCode
) : IRegistryProvider
{
    public async ValueTask<bool> AcceptsAsync(RegistryTarget target, CancellationToken cancellationToken) =>
        target.Environment is { } environment
            ? environment.RegistryAccount is not null
            : EcrAddress.TryParse(target.Host!, out _)
                && !await IsLoggedInAsync(target.Host!, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Opens a registry. For an environment, no result is returned and nothing is written before the account is
    /// verified; a host is used without that check.
    /// </summary>
    public IImageRegistry Open(RegistryTarget target)
    {
        if (target.Environment is { RegistryAccount: { } registryId } environment)
        {
            return Create(environment, registryId, [environment.Account!, registryId]);
        }

        if (!EcrAddress.TryParse(target.Host!, out var address))
        {
            throw new ArgumentException($"{target.Host} is not a host of ECR.", nameof(target));
        }

        var named = new EnvironmentDefinition
        {
            Name = target.Host!,
            Account = address.Account,
            Region = address.Region,
            Profile = target.Profile,
        };
        return Create(named, address.Account, []);
    }

    private EcrRegistry Create(EnvironmentDefinition environment, string registryId, IReadOnlyList<string> accounts)
    {
        var settings = AwsSettings.For(environment, variable, askCode);
        var session = new AwsSession(settings, connections.Http, connections.Schedule, accounts, connections.Log);
        return new EcrRegistry(session, registryId);
    }

    /// <summary>
    /// Whether there is a login for a host. A failing credential helper counts as none: AWS credentials work for ECR as
    /// well.
    /// </summary>
    private async ValueTask<bool> IsLoggedInAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await connections.Logins.FindAsync(host, renew: false, cancellationToken).ConfigureAwait(false)
                is not null;
        }
        catch (LadingException e)
        {
            connections.Log?.Invoke(e.Message);
            return false;
        }
    }
}

using Lading.Configuration;
using Lading.Oci;
using Lading.Registries;
using Lading.Registry;

namespace Lading.Aws.Ecr;

/// <summary>Amazon ECR: the registries of environments with an account, and hosts of ECR that nobody has logged in to.</summary>
/// <param name="connections">What all registries share.</param>
/// <param name="variable">Gives an environment variable; null where it is not set.</param>
/// <param name="askCode">Asks for a code of a device; null where nobody can answer.</param>
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
                && await connections
                    .Logins.FindAsync(target.Host!, renew: false, cancellationToken)
                    .ConfigureAwait(false)
                    is null;

    /// <summary>
    /// Opens one. That of an environment answers and does nothing before the account is known to be the environment's; a host is
    /// taken as it is.
    /// </summary>
    public IImageRegistry Open(RegistryTarget target)
    {
        if (target.Environment is { RegistryAccount: { } registryId } environment)
        {
            var own = CreateClient(environment);
            return CreateRegistry(own, new AccountCheck(own, registryId), registryId);
        }

        if (!EcrAddress.TryParse(target.Host!, out var address))
        {
            throw new ArgumentException($"{target.Host} is not a host of ECR.", nameof(target));
        }

        var client = CreateClient(
            new EnvironmentDefinition
            {
                Name = target.Host!,
                Account = address.Account,
                Region = address.Region,
                Profile = target.Profile,
            }
        );
        return CreateRegistry(client, account: null, address.Account);
    }

    private AwsClient CreateClient(EnvironmentDefinition environment) =>
        new(AwsSettings.For(environment, variable, askCode), connections.Http, connections.Schedule, connections.Log);

    private EcrRegistry CreateRegistry(AwsClient client, AccountCheck? account, string registryId) =>
        new(client, account, registryId, connections.Http, connections.Schedule, connections.Log);
}

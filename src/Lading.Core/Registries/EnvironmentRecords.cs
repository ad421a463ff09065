using Lading.Configuration;
using Lading.Records;

namespace Lading.Registries;

/// <summary>What the stacks of an environment run, by the credentials of its registry.</summary>
internal static class EnvironmentRecords
{
    /// <summary>Reads it. An environment without an account has none; that it cannot be read is an answer too.</summary>
    public static async Task<DeployedRecords> ReadRecordsAsync(
        this IRegistries registries,
        EnvironmentDefinition environment,
        CancellationToken cancellationToken
    ) =>
        environment.Account is not null
        && await registries.OpenAsync(environment, cancellationToken).ConfigureAwait(false) is IDeployedRecords account
            ? await account.ReadRecordsAsync(cancellationToken).ConfigureAwait(false)
            : DeployedRecords.None;
}

using Lading.Configuration;
using Lading.Records;

namespace Lading.Registries;

/// <summary>Reads the records of an environment's stacks, with the credentials of its registry.</summary>
internal static class EnvironmentRecords
{
    /// <summary>
    /// Reads the records; an environment without an account has none. An error is part of the result.
    /// </summary>
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

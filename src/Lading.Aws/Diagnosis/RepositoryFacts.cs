using Lading.Aws.Ecr;
using Lading.Oci;

namespace Lading.Aws.Diagnosis;

/// <summary>Reads the settings of the repositories of the project's images.</summary>
internal sealed class RepositoryFacts(ExaminedAccount account)
{
    /// <summary>Reads the settings by the repository's name; null for a missing repository.</summary>
    public async Task<IReadOnlyDictionary<string, RepositorySettings?>> ReadAsync(CancellationToken cancellationToken)
    {
        if (account.RegistryAccount is not { } registry || account.Machine.Project is not { } project)
        {
            return new Dictionary<string, RepositorySettings?>(StringComparer.Ordinal);
        }

        var names = project.Configuration.Images.Values.Select(image => image.Repository).Distinct();
        var found = await Task.WhenAll(
                names.Select(async name =>
                {
                    // A missing repository fails the whole call, so each has its own.
                    var answer = await account
                        .FindAsync(new DescribeRepositories(registry, [name]), cancellationToken)
                        .ConfigureAwait(false);
                    return (Name: name.Value, Settings: answer?.GetValueOrDefault(name.Value));
                })
            )
            .ConfigureAwait(false);
        return found.ToDictionary(each => each.Name, each => each.Settings, StringComparer.Ordinal);
    }
}

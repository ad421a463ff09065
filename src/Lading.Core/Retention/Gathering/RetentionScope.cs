using Lading.Configuration;
using Lading.Oci;

namespace Lading.Retention.Gathering;

/// <summary>The repositories to clean up, and the accounts to look for uses in.</summary>
internal sealed record RetentionScope
{
    /// <summary>The environment whose registry is cleaned up.</summary>
    public required EnvironmentDefinition Environment { get; init; }

    /// <summary>Accounts and regions to look for uses in, without duplicates.</summary>
    public required IReadOnlyList<EnvironmentDefinition> Accounts { get; init; }

    /// <summary>
    /// Environments that images are promoted to from this one, directly or through another: images kept in their
    /// registries are kept in this one's too.
    /// </summary>
    public IReadOnlyList<EnvironmentDefinition> Targets { get; init; } = [];

    /// <summary>The repositories of the images in <c>lading.json</c>.</summary>
    public required IReadOnlySet<RepositoryName> Repositories { get; init; }

    /// <summary>Patterns of other repositories to clean up; <c>*</c> matches any text.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>The scope of a project.</summary>
    /// <param name="configuration">The contents of <c>lading.json</c>.</param>
    /// <param name="environment">The environment whose registry is cleaned up.</param>
    /// <param name="also">Accounts and regions other than those of <c>lading.json</c>.</param>
    /// <param name="others">Patterns of repositories other than the project's.</param>
    /// <exception cref="LadingException">The environment has no registry in ECR.</exception>
    public static RetentionScope Of(
        LadingConfiguration configuration,
        EnvironmentDefinition environment,
        IReadOnlyList<EnvironmentDefinition> also,
        IReadOnlyList<string> others
    ) =>
        environment is { Account: not null, RegistryAccount: not null }
            ? new RetentionScope
            {
                Environment = environment,
                Accounts =
                [
                    .. new[] { environment }
                        .Concat(configuration.Environments.Values)
                        .Concat(also)
                        .Where(each => each.Account is not null)
                        .DistinctBy(each => (each.Account, each.Region)),
                ],
                Targets = [.. TargetsOf(environment, configuration)],
                Repositories = configuration.Images.Values.Select(image => image.Repository).ToHashSet(),
                Others = others,
            }
            : throw LadingException.Usage(
                $"Could not clean up environment {environment.Name}",
                "its registry is not ECR, and only AWS can tell who uses an image",
                "Name an environment with an \"account\": lading prune --env NAME"
            );

    /// <summary>Whether to clean up a repository.</summary>
    public bool Includes(RepositoryName repository) =>
        Repositories.Contains(repository)
        || Others.Any(pattern =>
            TagFilter.Matches(pattern, repository.Value)
            || TagFilter.Matches(pattern, $"{Environment.RegistryHost}/{repository}")
        );

    private static IEnumerable<EnvironmentDefinition> TargetsOf(
        EnvironmentDefinition origin,
        LadingConfiguration configuration
    )
    {
        var found = new List<string> { origin.Name };
        for (var index = 0; index < found.Count; index++)
        {
            found.AddRange(
                configuration
                    .Environments.Values.Where(each => each.PromoteFrom == found[index] && !found.Contains(each.Name))
                    .Select(each => each.Name)
            );
        }

        return found
            .Skip(1)
            .Select(configuration.GetEnvironment)
            .Where(each => each.RegistryHost is { } host && host != origin.RegistryHost)
            .DistinctBy(each => each.RegistryHost);
    }
}

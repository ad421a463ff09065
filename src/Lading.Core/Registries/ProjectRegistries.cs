using Lading.Configuration;
using Lading.Oci;
using Lading.Projects;
using Lading.Registry;

namespace Lading.Registries;

/// <summary>The registries of a project, each opened once over shared connections.</summary>
/// <param name="project">The project; null if there is none, so registries are identified by host.</param>
/// <param name="connections">Disposed of with this object.</param>
/// <param name="providers">The kinds of registries; the first that accepts a registry opens it.</param>
internal sealed class ProjectRegistries(
    Project? project,
    RegistryConnections connections,
    IReadOnlyList<IRegistryProvider> providers
) : IRegistries, IDisposable
{
    private readonly Dictionary<(string?, string?), IImageRegistry> open = [];

    /// <summary>Registries of every kind: a kind in this list is available to every verb.</summary>
    /// <param name="project">The project; null if there is none.</param>
    /// <param name="connections">Disposed of with this object.</param>
    /// <param name="time">The clock.</param>
    /// <param name="plainHttp">Whether plain HTTP is used for hosts that are in no environment.</param>
    /// <param name="profile">The AWS profile for hosts that are in no environment; null for that of the project's environment.</param>
    /// <param name="clouds">The kinds that other assemblies provide, such as ECR.</param>
    public static ProjectRegistries OfEveryKind(
        Project? project,
        RegistryConnections connections,
        TimeProvider time,
        bool plainHttp,
        string? profile = null,
        params IEnumerable<IRegistryProvider> clouds
    ) =>
        new(
            project,
            connections,
            [new EmbeddedProvider(project, time), .. clouds, new DistributionProvider(connections)]
        )
        {
            HostsAreInsecure = plainHttp,
            HostsProfile = profile,
        };

    /// <summary>Whether plain HTTP is used for hosts that are in no environment.</summary>
    public bool HostsAreInsecure { get; init; }

    /// <summary>The AWS profile for hosts that are in no environment; null for that of the project's environment.</summary>
    public string? HostsProfile { get; init; }

    public Task<IImageRegistry> OpenAsync(EnvironmentDefinition environment, CancellationToken cancellationToken) =>
        OpenAsync(RegistryTarget.Of(environment), cancellationToken);

    public Task<IImageRegistry> OpenHostAsync(string host, CancellationToken cancellationToken) =>
        project?.Configuration.FindByHost(host, project.Environment) is { } environment
            ? OpenAsync(environment, cancellationToken)
            : OpenAsync(
                RegistryTarget.Of(host, HostsProfile ?? project?.Environment.Profile, HostsAreInsecure),
                cancellationToken
            );

    public void Dispose()
    {
        foreach (var registry in open.Values)
        {
            registry.Dispose();
        }

        connections.Dispose();
    }

    private async Task<IImageRegistry> OpenAsync(RegistryTarget target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Find(target) is { } known)
        {
            return known;
        }

        foreach (var provider in providers)
        {
            if (await provider.AcceptsAsync(target, cancellationToken).ConfigureAwait(false))
            {
                lock (open)
                {
                    if (!open.TryGetValue(target.Key, out var registry))
                    {
                        registry = provider.Open(target);
                        open.Add(target.Key, registry);
                    }

                    return registry;
                }
            }
        }

        throw new NotSupportedException($"No kind of registry accepts {target}.");
    }

    private IImageRegistry? Find(RegistryTarget target)
    {
        lock (open)
        {
            return open.GetValueOrDefault(target.Key);
        }
    }
}

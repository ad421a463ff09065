using Lading.Configuration;
using Lading.Layout;
using Lading.Oci;
using Lading.Registry;
using Lading.Registry.Credentials;
using Lading.Registry.Transport;

namespace Lading.Cli.Commands;

/// <summary>Opens the registries of environments, each once.</summary>
internal sealed class Registries(Project project, Invocation invocation) : IDisposable
{
    private readonly Dictionary<string, IImageRegistry> open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DistributionRegistry> hosts = new(StringComparer.Ordinal);
    private readonly Lazy<HttpClient> http = new(RegistryHttp.CreateClient);

    /// <summary>The registry of an environment. Where it is in AWS, the account is checked before anything is asked or done.</summary>
    /// <exception cref="LadingException">No credentials, or those of another account.</exception>
    public Task<IImageRegistry> OpenAsync(EnvironmentDefinition environment, CancellationToken cancellationToken)
    {
        lock (open)
        {
            if (open.TryGetValue(environment.Name, out var known))
            {
                return Task.FromResult(known);
            }

            var registry = Create(environment);
            open.Add(environment.Name, registry);
            return Task.FromResult(registry);
        }
    }

    /// <summary>A registry by its host, with the user's own logins.</summary>
    public DistributionRegistry OpenHost(string host, bool insecure = false)
    {
        lock (hosts)
        {
            if (!hosts.TryGetValue(host, out var registry))
            {
                registry = new DistributionRegistry(
                    new RegistryTransport(
                        RegistryAddress.Of(host, insecure),
                        http.Value,
                        DockerConfiguration.OfUser(
                            invocation.Host.Variable,
                            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)
                        ),
                        new RetrySchedule(invocation.Host.Time, invocation.Host.Random),
                        invocation.Verbose ? invocation.Terminal.Narrate : null
                    )
                );
                hosts.Add(host, registry);
            }

            return registry;
        }
    }

    public void Dispose()
    {
        if (http.IsValueCreated)
        {
            http.Value.Dispose();
        }

        foreach (var registry in open.Values)
        {
            registry.Dispose();
        }
    }

    private IImageRegistry Create(EnvironmentDefinition environment) =>
        environment.IsEmbedded ? new EmbeddedRegistry(new LayoutStore(project.EmbeddedStore), invocation.Host.Time)
        : environment.Account is null ? OpenHost(environment.Registry!, environment.Insecure)
        : throw new NotSupportedException();
}

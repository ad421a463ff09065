using Lading.Aws;
using Lading.Aws.Ecr;
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

    /// <summary>
    /// The registry of an environment. Nothing is asked yet; where it is in AWS, it answers and does nothing before the account
    /// is known to be the environment's.
    /// </summary>
    public Task<IImageRegistry> OpenAsync(EnvironmentDefinition environment, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (open)
        {
            if (!open.TryGetValue(environment.Name, out var registry))
            {
                registry = Create(environment);
                open.Add(environment.Name, registry);
            }

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
                        Schedule,
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

    private IImageRegistry Create(EnvironmentDefinition environment)
    {
        if (environment.IsEmbedded)
        {
            return new EmbeddedRegistry(new LayoutStore(project.EmbeddedStoreOf(environment)), invocation.Host.Time);
        }

        if (environment.RegistryAccount is not { } registryId)
        {
            return OpenHost(environment.Registry!, environment.Insecure);
        }

        var client = OpenAws(environment);
        return new EcrRegistry(
            client,
            new AccountCheck(client, registryId),
            registryId,
            http.Value,
            Schedule,
            invocation.Verbose ? invocation.Terminal.Narrate : null
        );
    }

    private AwsClient OpenAws(EnvironmentDefinition environment) =>
        new(
            AwsSettings.For(environment, invocation.Host.Variable, invocation.Terminal.AskCode),
            http.Value,
            Schedule,
            invocation.Verbose ? invocation.Terminal.Narrate : null
        );

    private RetrySchedule Schedule => new(invocation.Host.Time, invocation.Host.Random);
}

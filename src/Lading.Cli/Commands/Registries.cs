using Lading.Aws;
using Lading.Aws.Ecr;
using Lading.Configuration;
using Lading.Layout;
using Lading.Oci;
using Lading.Registry;

namespace Lading.Cli.Commands;

/// <summary>Opens the registries of environments, each once.</summary>
internal sealed class Registries(Project project, Invocation invocation) : IDisposable
{
    private readonly Dictionary<string, IImageRegistry> open = new(StringComparer.Ordinal);
    private readonly RegistryHosts hosts = new(invocation);

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

    /// <summary>
    /// A registry by its host, as images of others name it: with the credentials of the environment whose registry it is, else
    /// with the user's own.
    /// </summary>
    public Task<IImageRegistry> OpenHostAsync(string host, CancellationToken cancellationToken) =>
        project.Configuration.FindByHost(host, project.Environment) is { } environment
            ? OpenAsync(environment, cancellationToken)
            : hosts.OpenAnyAsync(host, project.Environment.Profile, insecure: false, cancellationToken);

    public void Dispose()
    {
        foreach (var registry in open.Values)
        {
            registry.Dispose();
        }

        hosts.Dispose();
    }

    private IImageRegistry Create(EnvironmentDefinition environment)
    {
        if (environment.IsEmbedded)
        {
            return new EmbeddedRegistry(new LayoutStore(project.EmbeddedStoreOf(environment)), invocation.Host.Time);
        }

        if (environment.RegistryAccount is not { } registryId)
        {
            return hosts.Open(environment.Registry!, environment.Insecure);
        }

        var settings = AwsSettings.For(environment, invocation.Host.Variable, invocation.Terminal.AskCode);
        var client = new AwsClient(settings, hosts.Http, hosts.Schedule, hosts.Log);
        return new EcrRegistry(
            client,
            new AccountCheck(client, registryId),
            registryId,
            hosts.Http,
            hosts.Schedule,
            hosts.Log
        );
    }
}

using System.Collections.Concurrent;
using Lading.Aws;
using Lading.Aws.Ecr;
using Lading.Aws.Sts;
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
    private readonly Dictionary<string, Task<IImageRegistry>> open = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<IImageRegistry> opened = [];
    private readonly Dictionary<string, DistributionRegistry> hosts = new(StringComparer.Ordinal);
    private readonly Lazy<HttpClient> http = new(RegistryHttp.CreateClient);

    /// <summary>The registry of an environment. Where it is in AWS, the account is checked before anything is asked or done.</summary>
    /// <exception cref="LadingException">No credentials, or those of another account.</exception>
    public async Task<IImageRegistry> OpenAsync(EnvironmentDefinition environment, CancellationToken cancellationToken)
    {
        Task<IImageRegistry>? opening;
        lock (open)
        {
            if (!open.TryGetValue(environment.Name, out opening))
            {
                opening = CreateAndKeepAsync(environment, cancellationToken);
                open.Add(environment.Name, opening);
            }
        }

        return await opening.ConfigureAwait(false);
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

        foreach (var registry in opened)
        {
            registry.Dispose();
        }
    }

    private async Task<IImageRegistry> CreateAndKeepAsync(
        EnvironmentDefinition environment,
        CancellationToken cancellationToken
    )
    {
        var registry = await CreateAsync(environment, cancellationToken).ConfigureAwait(false);
        opened.Add(registry);
        return registry;
    }

    private async Task<IImageRegistry> CreateAsync(
        EnvironmentDefinition environment,
        CancellationToken cancellationToken
    )
    {
        if (environment.IsEmbedded)
        {
            return new EmbeddedRegistry(new LayoutStore(project.EmbeddedStoreOf(environment)), invocation.Host.Time);
        }

        if (environment.Account is null || environment.Registry?.Contains('.', StringComparison.Ordinal) == true)
        {
            return OpenHost(environment.Registry!, environment.Insecure);
        }

        var client = OpenAws(environment);
        await AccountCheck.RequireAsync(client, cancellationToken).ConfigureAwait(false);
        return new EcrRegistry(
            client,
            environment.Registry ?? environment.Account,
            http.Value,
            Schedule,
            invocation.Verbose ? invocation.Terminal.Narrate : null
        );
    }

    private AwsClient OpenAws(EnvironmentDefinition environment) =>
        new(
            new AwsSettings(environment.Name, environment.Account!, environment.Region!, environment.Profile),
            http.Value,
            Schedule,
            invocation.Host.Variable,
            invocation.Verbose ? invocation.Terminal.Narrate : null
        );

    private RetrySchedule Schedule => new(invocation.Host.Time, invocation.Host.Random);
}

using Lading.Registry;
using Lading.Registry.Credentials;
using Lading.Registry.Transport;

namespace Lading.Cli.Commands;

/// <summary>Registries by their hosts, each opened once, over connections that all share.</summary>
internal sealed class RegistryHosts(Invocation invocation) : IDisposable
{
    private readonly Dictionary<string, DistributionRegistry> hosts = new(StringComparer.Ordinal);
    private readonly Lazy<HttpClient> http = new(RegistryHttp.CreateClient);

    public HttpClient Http => http.Value;

    /// <summary>How often requests are tried.</summary>
    public RetrySchedule Schedule => new(invocation.Host.Time, invocation.Host.Random);

    /// <summary>Told each request with <c>--verbose</c>; else null.</summary>
    public Action<string>? Log => invocation.Verbose ? invocation.Terminal.Narrate : null;

    /// <summary>The logins of the user's own tools.</summary>
    public DockerConfiguration Logins =>
        DockerConfiguration.OfUser(
            invocation.Host.Variable,
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)
        );

    /// <summary>A registry by its host, with the user's own logins.</summary>
    public DistributionRegistry Open(string host, bool insecure = false)
    {
        lock (hosts)
        {
            if (!hosts.TryGetValue(host, out var registry))
            {
                var address = RegistryAddress.Of(host, insecure);
                registry = new DistributionRegistry(new RegistryTransport(address, Http, Logins, Schedule, Log));
                hosts.Add(host, registry);
            }

            return registry;
        }
    }

    public void Dispose()
    {
        foreach (var registry in hosts.Values)
        {
            registry.Dispose();
        }

        if (http.IsValueCreated)
        {
            http.Value.Dispose();
        }
    }
}

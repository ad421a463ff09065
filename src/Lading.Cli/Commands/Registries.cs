using Lading.Configuration;
using Lading.Layout;
using Lading.Oci;

namespace Lading.Cli.Commands;

/// <summary>Opens the registries of environments, each once.</summary>
internal sealed class Registries(Project project, Invocation invocation) : IDisposable
{
    private readonly Dictionary<string, IImageRegistry> open = new(StringComparer.Ordinal);

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

    public void Dispose()
    {
        foreach (var registry in open.Values)
        {
            registry.Dispose();
        }
    }

    private IImageRegistry Create(EnvironmentDefinition environment) =>
        environment.IsEmbedded
            ? new EmbeddedRegistry(new LayoutStore(project.EmbeddedStore), invocation.Host.Time)
            : throw new NotSupportedException();
}

using Lading.Configuration;
using Lading.Oci;

namespace Lading.Registries;

/// <summary>Opens registries, each once. Nothing is sent before the first request.</summary>
internal interface IRegistries
{
    /// <summary>The registry of an environment.</summary>
    Task<IImageRegistry> OpenAsync(EnvironmentDefinition environment, CancellationToken cancellationToken);

    /// <summary>
    /// A registry by its host, as references name it: with the credentials of the environment it belongs to, otherwise with the user's
    /// own.
    /// </summary>
    Task<IImageRegistry> OpenHostAsync(string host, CancellationToken cancellationToken);
}

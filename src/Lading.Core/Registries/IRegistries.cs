using Lading.Configuration;
using Lading.Oci;

namespace Lading.Registries;

/// <summary>Opens registries, each once. Nothing is asked until a question is.</summary>
internal interface IRegistries
{
    /// <summary>The registry of an environment.</summary>
    Task<IImageRegistry> OpenAsync(EnvironmentDefinition environment, CancellationToken cancellationToken);

    /// <summary>
    /// A registry by its host, as images of others name it: with the credentials of the environment whose registry it is, else
    /// with the user's own.
    /// </summary>
    Task<IImageRegistry> OpenHostAsync(string host, CancellationToken cancellationToken);
}

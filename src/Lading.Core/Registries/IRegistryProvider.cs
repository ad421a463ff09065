using Lading.Oci;

namespace Lading.Registries;

/// <summary>One kind of registry: ECR, the embedded one, or any with the OCI distribution protocol.</summary>
internal interface IRegistryProvider
{
    /// <summary>Whether a registry is of this kind.</summary>
    ValueTask<bool> AcceptsAsync(RegistryTarget target, CancellationToken cancellationToken);

    /// <summary>Opens a registry that it accepts, without sending anything.</summary>
    IImageRegistry Open(RegistryTarget target);
}

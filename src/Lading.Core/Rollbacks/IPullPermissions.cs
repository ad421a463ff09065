using Lading.Oci;

namespace Lading.Rollbacks;

/// <summary>Checks whether roles may pull images, as far as the credentials may read their policies.</summary>
internal interface IPullPermissions
{
    /// <summary>
    /// Why a role may not pull an image, as part of a sentence; null if it may, or if that is unknown.
    /// </summary>
    /// <param name="role">The ARN of an execution role.</param>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    Task<string?> FindRefusalAsync(string role, ImageReference image, CancellationToken cancellationToken);
}

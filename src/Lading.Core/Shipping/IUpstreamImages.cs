using Lading.Assembly;
using Lading.Fingerprints;

namespace Lading.Shipping;

/// <summary>Images that others publish: bases, and images that are mirrored.</summary>
internal interface IUpstreamImages
{
    /// <summary>Finds one, at its pin or, where it floats, at what its reference stands on now.</summary>
    /// <exception cref="LadingException">It is not there, or its registry cannot be reached.</exception>
    Task<BaseImage> GetAsync(BaseInput input, CancellationToken cancellationToken);
}

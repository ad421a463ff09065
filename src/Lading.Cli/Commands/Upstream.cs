using Lading.Assembly;
using Lading.Fingerprints;
using Lading.Shipping;

namespace Lading.Cli.Commands;

/// <summary>Images of other registries, with the user's own logins.</summary>
internal sealed class Upstream : IUpstreamImages
{
    public Task<BaseImage> GetAsync(BaseInput input, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}

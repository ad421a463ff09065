using System.Net;
using System.Net.Sockets;

namespace Lading.Registry.Transport;

/// <summary>Says whether the transport may go where a registry points: a redirect, an upload, a token service, the next page.</summary>
internal sealed class TargetGuard(RegistryAddress address)
{
    private NetworkKind? own;

    /// <exception cref="LadingException">It may not.</exception>
    public async Task RequireAsync(string attempted, Uri target, CancellationToken cancellationToken)
    {
        if (address.IsSameOrigin(target) || address.Allows(target, NetworkKind.Public))
        {
            return;
        }

        own ??= await FindOutAsync(cancellationToken).ConfigureAwait(false);
        if (!address.Allows(target, own.Value))
        {
            throw RegistryFailure.Forbidden(attempted, address, target);
        }
    }

    /// <summary>A registry with a name of its own may well be on the private network that it points at.</summary>
    private async Task<NetworkKind> FindOutAsync(CancellationToken cancellationToken)
    {
        var kind = RegistryAddress.KindOf(address.Root.Host);
        if (kind != NetworkKind.Public || IPAddress.TryParse(address.Root.Host.Trim('[', ']'), out _))
        {
            return kind;
        }

        try
        {
            var found = await Dns.GetHostAddressesAsync(address.Root.IdnHost, cancellationToken).ConfigureAwait(false);
            var kinds = found.Select(RegistryAddress.KindOf).Distinct().ToList();
            return kinds is [var only] ? only : NetworkKind.Public;
        }
        catch (SocketException)
        {
            return NetworkKind.Public;
        }
    }
}

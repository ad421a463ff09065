using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Lading.Http;

namespace Lading.Registry.Transport;

/// <summary>Says whether the transport may go where a registry points: a redirect, an upload, a token service, the next page.</summary>
/// <param name="address">Where the registry is.</param>
/// <param name="proxies">Which proxy a request goes through.</param>
/// <param name="resolve">Gives the addresses of a name; the system's way where null.</param>
internal sealed class TargetGuard(
    RegistryAddress address,
    ProxyResolver proxies,
    Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null
)
{
    private readonly ConcurrentDictionary<string, NetworkKind[]> names = new(StringComparer.OrdinalIgnoreCase);
    private NetworkKind? own;

    /// <exception cref="LadingException">It may not.</exception>
    public async Task RequireAsync(string attempted, Uri target, CancellationToken cancellationToken)
    {
        if (address.IsSameOrigin(target))
        {
            return;
        }

        var hidden = await HiddenKindsAsync(target, cancellationToken).ConfigureAwait(false);
        if (hidden.Count == 0 && address.Allows(target, NetworkKind.Public))
        {
            return;
        }

        own ??= await FindOutAsync(cancellationToken).ConfigureAwait(false);
        if (!address.Allows(target, own.Value) || hidden.Any(kind => kind != own))
        {
            throw RegistryFailure.Forbidden(attempted, address, target);
        }
    }

    /// <summary>
    /// What of this machine or its link a name stands for. That it stands for a private address says nothing: AWS gives its
    /// own services such ones within a VPC.
    /// </summary>
    private async Task<IReadOnlyList<NetworkKind>> HiddenKindsAsync(Uri target, CancellationToken cancellationToken)
    {
        // Where a proxy goes there in our place, what the name is to it is its business.
        if (RegistryAddress.KindOf(target.Host) != NetworkKind.Public || proxies.Find(target) is not null)
        {
            return [];
        }

        var kinds = await KindsOfAsync(target.IdnHost, cancellationToken).ConfigureAwait(false);
        return [.. kinds.Where(kind => kind is NetworkKind.Loopback or NetworkKind.LinkLocal)];
    }

    /// <summary>A registry with a name of its own may well be on the private network that it points at.</summary>
    private async Task<NetworkKind> FindOutAsync(CancellationToken cancellationToken)
    {
        var kind = RegistryAddress.KindOf(address.Root.Host);
        return
            kind == NetworkKind.Public
            && await KindsOfAsync(address.Root.IdnHost, cancellationToken).ConfigureAwait(false) is [var only]
            ? only
            : kind;
    }

    /// <summary>The kinds of the addresses of a host; none if its name has none.</summary>
    private async Task<NetworkKind[]> KindsOfAsync(string host, CancellationToken cancellationToken)
    {
        if (names.TryGetValue(host, out var known))
        {
            return known;
        }

        NetworkKind[] kinds;
        try
        {
            var found = resolve is null
                ? await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false)
                : await resolve(host, cancellationToken).ConfigureAwait(false);
            kinds = [.. found.Select(RegistryAddress.KindOf).Distinct()];
        }
        catch (SocketException)
        {
            kinds = [];
        }

        names[host] = kinds;
        return kinds;
    }
}

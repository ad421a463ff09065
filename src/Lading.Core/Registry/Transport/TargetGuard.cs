using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Lading.Http;

namespace Lading.Registry.Transport;

/// <summary>
/// Decides whether the transport may use an address that a registry returned: a redirect, an upload, a token service, the next page.
/// </summary>
/// <param name="address">The registry.</param>
/// <param name="proxies">Finds the proxy of a request.</param>
/// <param name="resolve">Resolves a name; null for the system's resolver.</param>
internal sealed class TargetGuard(
    RegistryAddress address,
    ProxyResolver proxies,
    Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null
)
{
    private readonly ConcurrentDictionary<string, NetworkKind[]> names = new(StringComparer.OrdinalIgnoreCase);
    private NetworkKind? own;

    /// <summary>Ensures that an address may be used.</summary>
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

        own ??= await FindOwnKindAsync(cancellationToken).ConfigureAwait(false);
        if (!address.Allows(target, own.Value) || hidden.Any(kind => kind != own))
        {
            throw RegistryFailure.Forbidden(attempted, address, target);
        }
    }

    /// <summary>
    /// The loopback and link-local addresses that a public name resolves to. Private addresses are allowed: within a
    /// VPC, AWS resolves its own services to them.
    /// </summary>
    private async Task<IReadOnlyList<NetworkKind>> HiddenKindsAsync(Uri target, CancellationToken cancellationToken)
    {
        // A proxy resolves the name itself.
        if (RegistryAddress.KindOf(target.Host) != NetworkKind.Public || proxies.Find(target) is not null)
        {
            return [];
        }

        var kinds = await KindsOfAsync(target.IdnHost, cancellationToken).ConfigureAwait(false);
        return [.. kinds.Where(kind => kind is NetworkKind.Loopback or NetworkKind.LinkLocal)];
    }

    /// <summary>The network of the registry itself, which may be the private network that it points to.</summary>
    private async Task<NetworkKind> FindOwnKindAsync(CancellationToken cancellationToken)
    {
        var kind = RegistryAddress.KindOf(address.Root.Host);
        return
            kind == NetworkKind.Public
            && await KindsOfAsync(address.Root.IdnHost, cancellationToken).ConfigureAwait(false) is [var only]
            ? only
            : kind;
    }

    /// <summary>The networks of a host's addresses; empty if its name has none.</summary>
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

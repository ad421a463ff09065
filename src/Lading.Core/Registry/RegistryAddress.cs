using System.Net;
using System.Net.Sockets;
using Lading.Oci;

namespace Lading.Registry;

/// <summary>The address of a registry. Plain HTTP is for loopback, and for hosts that the user marked as insecure.</summary>
/// <param name="Host">The host in references, with its port.</param>
/// <param name="Root">The address that paths are appended to.</param>
internal sealed record RegistryAddress(string Host, Uri Root)
{
    /// <summary>The address of a host.</summary>
    public static RegistryAddress Of(string host, bool insecure = false)
    {
        // Docker Hub's API has another host than its references.
        var server = host == ImageReference.DockerHub ? "registry-1.docker.io" : host;
        var scheme = insecure || IsLoopback(new Uri($"http://{server}").Host) ? "http" : "https";
        return new RegistryAddress(host, new Uri($"{scheme}://{server}/"));
    }

    /// <summary>The address that a service returned.</summary>
    public static RegistryAddress Of(Uri root) =>
        new(root.IsDefaultPort ? root.Host : $"{root.Host}:{root.Port}", root);

    /// <summary>Whether an address is the registry itself, which alone receives credentials: same scheme, host and port.</summary>
    public bool IsSameOrigin(Uri target) =>
        target.Scheme == Root.Scheme
        && string.Equals(target.IdnHost, Root.IdnHost, StringComparison.OrdinalIgnoreCase)
        && target.Port == Root.Port;

    /// <summary>
    /// Whether an address that a registry returned may be used: it must not drop encryption, and a registry that points
    /// to a private address is malicious or misconfigured, unless its own address is not public either.
    /// </summary>
    /// <param name="target">The network of the target.</param>
    /// <param name="own">The network of the registry's own address, or of what its name resolves to.</param>
    public bool Allows(Uri target, NetworkKind own) =>
        (target.Scheme == "https" || (target.Scheme == "http" && (Root.Scheme == "http" || IsLoopback(target.Host))))
        && KindOf(target.Host) switch
        {
            NetworkKind.Public => true,
            NetworkKind.Private => own is NetworkKind.Private or NetworkKind.Loopback,
            var kind => own == kind,
        };

    public static bool IsLoopback(string host) => KindOf(host) == NetworkKind.Loopback;

    /// <summary>The network by the address alone; names are public, except for those of this machine.</summary>
    public static NetworkKind KindOf(string host) =>
        host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal) ? NetworkKind.Loopback
        : IPAddress.TryParse(host.Trim('[', ']'), out var address) ? KindOf(address)
        : NetworkKind.Public;

    public static NetworkKind KindOf(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        // Connecting to the unspecified address reaches this machine as well.
        if (IPAddress.IsLoopback(plain) || plain.Equals(IPAddress.Any) || plain.Equals(IPAddress.IPv6Any))
        {
            return NetworkKind.Loopback;
        }

        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return plain.IsIPv6LinkLocal ? NetworkKind.LinkLocal
                : plain.IsIPv6UniqueLocal ? NetworkKind.Private
                : NetworkKind.Public;
        }

        var bytes = plain.GetAddressBytes();
        return (bytes[0], bytes[1]) switch
        {
            (169, 254) => NetworkKind.LinkLocal,
            (10, _) or (172, >= 16 and < 32) or (192, 168) or (100, >= 64 and < 128) or (0, _) => NetworkKind.Private,
            _ => NetworkKind.Public,
        };
    }
}

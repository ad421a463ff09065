using System.Net;
using System.Net.Sockets;
using Lading.Oci;

namespace Lading.Registry;

/// <summary>Where a registry is spoken to. Plain HTTP is for loopback, and for hosts that the user named as insecure.</summary>
/// <param name="Host">As in references, with its port.</param>
/// <param name="Root">The address that paths are appended to.</param>
internal sealed record RegistryAddress(string Host, Uri Root)
{
    /// <summary>The address of a host.</summary>
    public static RegistryAddress Of(string host, bool insecure = false)
    {
        // Docker Hub is spoken to under another name than its images have.
        var server = host == ImageReference.DockerHub ? "registry-1.docker.io" : host;
        var scheme = insecure || IsLoopback(new Uri($"http://{server}").Host) ? "http" : "https";
        return new RegistryAddress(host, new Uri($"{scheme}://{server}/"));
    }

    /// <summary>The address that a service told.</summary>
    public static RegistryAddress Of(Uri root) =>
        new(root.IsDefaultPort ? root.Host : $"{root.Host}:{root.Port}", root);

    /// <summary>
    /// Whether what a registry names may be gone to: a public host that points at a private address is up to no good, or
    /// misconfigured; a registry that is itself there may.
    /// </summary>
    public bool Allows(Uri target) =>
        target.Scheme is "http" or "https"
        && (!IsPrivate(target.Host) || IsPrivate(Root.Host))
        && (target.Scheme == "https" || Root.Scheme == "http" || IsLoopback(target.Host));

    public static bool IsLoopback(string host) =>
        host == "localhost"
        || host.EndsWith(".localhost", StringComparison.Ordinal)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsPrivate(string host)
    {
        if (IsLoopback(host))
        {
            return true;
        }

        if (!IPAddress.TryParse(host.Trim('[', ']'), out var address))
        {
            return false;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.Equals(IPAddress.IPv6Any);
        }

        var bytes = address.GetAddressBytes();
        return bytes[0] is 0 or 10
            || (bytes[0] == 172 && bytes[1] is >= 16 and < 32)
            || (bytes[0] == 192 && bytes[1] == 168)
            || (bytes[0] == 169 && bytes[1] == 254)
            || (bytes[0] == 100 && bytes[1] is >= 64 and < 128);
    }
}

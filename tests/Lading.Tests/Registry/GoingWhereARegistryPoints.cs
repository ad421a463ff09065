using System.Net;
using System.Net.Sockets;
using Lading.Http;
using Lading.Registry;
using Lading.Registry.Transport;

namespace Lading.Tests.Registry;

public sealed class GoingWhereARegistryPoints
{
    [Theory]
    [InlineData("127.0.0.1", nameof(NetworkKind.Loopback))]
    [InlineData("127.1.2.3", nameof(NetworkKind.Loopback))]
    [InlineData("[::1]", nameof(NetworkKind.Loopback))]
    [InlineData("[::ffff:127.0.0.1]", nameof(NetworkKind.Loopback))]
    [InlineData("0.0.0.0", nameof(NetworkKind.Loopback))]
    [InlineData("localhost", nameof(NetworkKind.Loopback))]
    [InlineData("s3.localhost", nameof(NetworkKind.Loopback))]
    [InlineData("10.0.0.1", nameof(NetworkKind.Private))]
    [InlineData("172.16.0.1", nameof(NetworkKind.Private))]
    [InlineData("172.31.255.255", nameof(NetworkKind.Private))]
    [InlineData("172.32.0.1", nameof(NetworkKind.Public))]
    [InlineData("192.168.1.1", nameof(NetworkKind.Private))]
    [InlineData("100.64.0.1", nameof(NetworkKind.Private))]
    [InlineData("[fd00::1]", nameof(NetworkKind.Private))]
    [InlineData("[::ffff:10.0.0.1]", nameof(NetworkKind.Private))]
    [InlineData("169.254.169.254", nameof(NetworkKind.LinkLocal))]
    [InlineData("[fe80::1]", nameof(NetworkKind.LinkLocal))]
    [InlineData("93.184.216.34", nameof(NetworkKind.Public))]
    [InlineData("registry.example", nameof(NetworkKind.Public))]
    [InlineData("localhost.example", nameof(NetworkKind.Public))]
    public void An_address_says_who_can_reach_it(string host, string kind) =>
        Assert.Equal(kind, RegistryAddress.KindOf(host).ToString());

    [Theory]
    [InlineData("https://registry.example/", "https://storage.example/x", nameof(NetworkKind.Public), true)]
    [InlineData("https://registry.example/", "http://storage.example/x", nameof(NetworkKind.Public), false)]
    [InlineData("https://registry.example/", "https://10.0.0.1/x", nameof(NetworkKind.Public), false)]
    [InlineData("https://registry.example/", "https://10.0.0.1/x", nameof(NetworkKind.Private), true)]
    [InlineData("https://registry.example/", "https://127.0.0.1/x", nameof(NetworkKind.Private), false)]
    [InlineData("https://registry.example/", "https://169.254.169.254/x", nameof(NetworkKind.Private), false)]
    [InlineData("http://127.0.0.1:5000/", "http://127.0.0.1:9000/x", nameof(NetworkKind.Loopback), true)]
    [InlineData("http://127.0.0.1:5000/", "http://169.254.169.254/x", nameof(NetworkKind.Loopback), false)]
    [InlineData("https://registry.example/", "file:///etc/passwd", nameof(NetworkKind.Public), false)]
    [InlineData("https://registry.example/", "ftp://storage.example/x", nameof(NetworkKind.Public), false)]
    public void A_registry_may_point_to_public_addresses_and_to_its_own_network(
        string registry,
        string target,
        string own,
        bool allowed
    ) =>
        Assert.Equal(
            allowed,
            RegistryAddress.Of(new Uri(registry)).Allows(new Uri(target), Enum.Parse<NetworkKind>(own))
        );

    [Theory]
    [InlineData("registry.example", false, "https://registry.example/")]
    [InlineData("registry.example:8443", false, "https://registry.example:8443/")]
    [InlineData("registry.example", true, "http://registry.example/")]
    [InlineData("127.0.0.1:5000", false, "http://127.0.0.1:5000/")]
    [InlineData("localhost:5000", false, "http://localhost:5000/")]
    [InlineData("[::1]:5000", false, "http://[::1]:5000/")]
    [InlineData("10.0.0.1:5000", false, "https://10.0.0.1:5000/")]
    [InlineData("docker.io", false, "https://registry-1.docker.io/")]
    public void Plain_HTTP_is_for_loopback_and_for_what_the_user_names(string host, bool insecure, string root) =>
        Assert.Equal(root, RegistryAddress.Of(host, insecure).Root.AbsoluteUri);

    [Theory]
    [InlineData("https://registry.example/x", true)]
    [InlineData("https://REGISTRY.example:443/x", true)]
    [InlineData("https://registry.example:444/x", false)]
    [InlineData("http://registry.example/x", false)]
    [InlineData("https://a.registry.example/x", false)]
    [InlineData("https://registry.example.org/x", false)]
    public void Credentials_are_sent_only_to_the_same_scheme_host_and_port(string target, bool same) =>
        Assert.Equal(same, RegistryAddress.Of("registry.example").IsSameOrigin(new Uri(target)));

    [Theory]
    [InlineData("93.184.216.34", "93.184.216.35", true)]
    [InlineData("93.184.216.34", "169.254.169.254", false)]
    [InlineData("93.184.216.34", "127.0.0.1", false)]
    [InlineData("93.184.216.34", "93.184.216.35 ::1", false)]
    [InlineData("93.184.216.34", "10.0.0.1", true)]
    [InlineData("93.184.216.34", "", true)]
    [InlineData("10.0.0.1", "127.0.0.1", false)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1 ::1", "::1", true)]
    [InlineData("127.0.0.1", "169.254.169.254", false)]
    public async Task Refuses_names_of_this_machine_or_its_link_unless_the_registry_is_there(
        string registry,
        string storage,
        bool allowed
    )
    {
        var guard = new TargetGuard(
            RegistryAddress.Of("registry.example"),
            ProxyResolver.None,
            (name, _) => Resolve(name == "registry.example" ? registry : storage)
        );

        var refusal = await Record.ExceptionAsync(() =>
            guard.RequireAsync(
                "Could not read a blob",
                new Uri("https://storage.example/x?signed"),
                TestContext.Current.CancellationToken
            )
        );

        Assert.Equal(allowed, refusal is null);
        Assert.DoesNotContain("signed", refusal?.Message ?? "", StringComparison.Ordinal);
    }

    private static Task<IPAddress[]> Resolve(string addresses) =>
        addresses.Length == 0
            ? Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound))
            : Task.FromResult(addresses.Split(' ').Select(IPAddress.Parse).ToArray());
}

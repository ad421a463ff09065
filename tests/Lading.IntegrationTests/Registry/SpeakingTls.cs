using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Lading.Layout;
using Lading.Oci;
using Lading.Server;
using Lading.Server.Access;
using Lading.Testing;
using Lading.Testing.Faults;

namespace Lading.IntegrationTests.Registry;

/// <summary>
/// A registry that speaks TLS, as all do that are not on this machine: with HTTP/2 if it is offered, and with a clear
/// error if it fails.
/// </summary>
public sealed class SpeakingTls : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private TestRegistry registry = null!;
    private GeneratedImage image = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>An address of this machine other than loopback, with which plain HTTP would be used.</summary>
    private static IPAddress? Address =>
        NetworkInterface
            .GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(address =>
                address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address)
            );

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Address is null, "This machine has no address but loopback.");
        // A registry that more than loopback can reach requires a login.
        registry = await TestRegistry.StartAsync(
            new RegistryServerOptions { Logins = RegistryLogins.Parse("alice:wonder") }
        );
        image = await GeneratedImage.CreateAsync(3, 100_000, Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        image?.Dispose();
        folder.Dispose();
        if (registry is not null)
        {
            await registry.DisposeAsync();
        }
    }

    [Fact]
    public async Task With_a_trusted_certificate_it_works_and_questions_go_over_HTTP_2()
    {
        await using var server = await ServeAsync(Address!, TimeSpan.FromDays(1));

        (await RunAsync(trusted: true, "push", $"oci:{image.Path}", $"{server.Host}/shop/web:v1")).Succeeded();
        (await RunAsync(trusted: true, "pull", $"{server.Host}/shop/web:v1", "oci:pulled:v1")).Succeeded();

        Assert.Equal(
            image.Digest,
            (await new ImageLayout(folder.Combine("pulled")).FindManifestAsync(Tag.Parse("v1"), Cancelled))?.Digest
        );
        Assert.All(
            server.Requests.Where(request => request.Address.Contains("/manifests/", StringComparison.Ordinal)),
            request => Assert.Equal("HTTP/2", request.Protocol)
        );
        // Blobs have connections of their own: with one window for all of them, each would wait for the others.
        Assert.All(
            server.Requests.Where(request =>
                request.Method is "PUT" or "GET" && request.Address.Contains("/blobs/", StringComparison.Ordinal)
            ),
            request => Assert.Equal("HTTP/1.1", request.Protocol)
        );
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_refused_at_once()
    {
        await using var server = await ServeAsync(Address!, TimeSpan.FromDays(1));

        await RefusedAsync(server.Host, trusted: false, "UntrustedRoot");
    }

    [Fact]
    public async Task A_certificate_for_another_address_is_refused()
    {
        await using var server = await ServeAsync(IPAddress.Parse("198.51.100.7"), TimeSpan.FromDays(1));

        await RefusedAsync(server.Host, trusted: true, "RemoteCertificateNameMismatch");
    }

    [Fact]
    public async Task An_expired_certificate_is_refused()
    {
        await using var server = await ServeAsync(Address!, TimeSpan.FromDays(-1));

        await RefusedAsync(server.Host, trusted: true, "NotTimeValid");
    }

    [Fact]
    public async Task A_registry_without_TLS_is_refused_and_the_remedy_named()
    {
        await using var server = await StartAsync(certificate: null);

        var run = (await RunAsync(trusted: false, "inspect", $"{server.Host}/shop/web:v1")).Failed(FailureKind.Failed);

        Assert.Contains(server.Host, run.Error, StringComparison.Ordinal);
        Assert.Contains("--plain-http", run.Error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        (
            await RunAsync(trusted: false, "push", $"oci:{image.Path}", $"{server.Host}/shop/web:v1", "--plain-http")
        ).Succeeded();
    }

    private async Task<FaultServer> ServeAsync(IPAddress subject, TimeSpan until)
    {
        var certificate = TestCertificate.Create(subject, until);
        await File.WriteAllTextAsync(folder.Combine("roots.pem"), certificate.ExportCertificatePem(), Cancelled);
        return await StartAsync(certificate);
    }

    private async Task<FaultServer> StartAsync(X509Certificate2? certificate)
    {
        var server = await FaultServer.StartAsync(registry.Host, Address, certificate);
        var login = Convert.ToBase64String("alice:wonder"u8);
        await File.WriteAllTextAsync(
            folder.Combine("config.json"),
            $$"""{ "auths": { "{{server.Host}}": { "auth": "{{login}}" } } }""",
            Cancelled
        );
        return server;
    }

    private async Task RefusedAsync(string host, bool trusted, string reason)
    {
        var run = (await RunAsync(trusted, "inspect", $"{host}/shop/web:v1")).Failed(FailureKind.Failed);

        Assert.Contains(host, run.Error, StringComparison.Ordinal);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Contains("tried once", run.Error, StringComparison.Ordinal);
        Assert.Contains("SSL_CERT_FILE", run.Error, StringComparison.Ordinal);
    }

    /// <summary>In a process of its own: the trusted authorities are read once in each.</summary>
    private Task<ToolRun> RunAsync(bool trusted, params string[] arguments)
    {
        var call = ToolProcess.Call(folder.Path, ["image", .. arguments]);
        return ToolProcess.RunAsync(
            call with
            {
                Environment = new Dictionary<string, string?>
                {
                    ["DOCKER_CONFIG"] = folder.Path,
                    ["SSL_CERT_FILE"] = trusted ? folder.Combine("roots.pem") : null,
                },
            }
        );
    }
}

using System.Text;
using Lading.Http;
using Lading.Oci;
using Lading.Testing;
using Lading.Writer;

namespace Lading.Tests.Http;

/// <summary>Registries behind a real proxy, and the errors if the proxy fails.</summary>
public sealed class GoingThroughAProxy
{
    private readonly SmallImage image = new("proxied");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pushes_and_pulls_through_a_proxy_that_requires_a_login()
    {
        await using var registry = await TestRegistry.StartAsync();
        await using var proxy = new RecordingProxy(registry.Host)
        {
            Login = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("ada:secret"))}",
        };
        using var client = Client("registry.example:5000", proxy.Address.Replace("//", "//ada:secret@"));
        var repository = client.Open("shop/web");

        await image.PutAsync(repository, Tag.Parse("v1"), Cancelled);

        Assert.NotNull(await repository.FindManifestAsync(Tag.Parse("v1"), Cancelled));
        Assert.Contains(
            proxy.Lines,
            line => line.StartsWith("PUT http://registry.example:5000/v2/shop/web/manifests/v1")
        );
    }

    [Fact]
    public async Task A_registry_on_this_machine_bypasses_every_proxy()
    {
        await using var registry = await TestRegistry.StartAsync();
        await using var proxy = new RecordingProxy(registry.Host);
        using var client = Client(registry.Host, proxy.Address);

        await image.PutAsync(client.Open("shop/web"), Tag.Parse("v1"), Cancelled);

        Assert.Empty(proxy.Lines);
    }

    [Theory]
    [InlineData("registry.example:5000", true)]
    [InlineData("registry.example", false)]
    public async Task A_proxy_that_requires_a_login_is_tried_once_and_named(string host, bool insecure)
    {
        await using var proxy = new RecordingProxy("127.0.0.1:9") { Refusal = 407 };
        using var client = Client(host, proxy.Address, insecure);

        var failure = await FailureAsync(client);

        Assert.Contains($"the proxy {proxy.Address} (", failure.CameBack, StringComparison.Ordinal);
        Assert.Contains("answered 407", failure.CameBack, StringComparison.Ordinal);
        Assert.Contains("Give the proxy a login in HTTP", failure.Remedy, StringComparison.Ordinal);
        Assert.Single(proxy.Lines);
    }

    [Fact]
    public async Task A_proxy_that_refuses_a_host_is_tried_once()
    {
        await using var proxy = new RecordingProxy("127.0.0.1:9") { Refusal = 403 };
        using var client = Client("registry.example", proxy.Address, insecure: false);

        var failure = await FailureAsync(client);

        Assert.Contains("answered 403", failure.CameBack, StringComparison.Ordinal);
        Assert.Single(proxy.Lines);
    }

    [Theory]
    [InlineData("registry.example:5000", true)]
    [InlineData("registry.example", false)]
    public async Task A_dead_proxy_is_named(string host, bool insecure)
    {
        using var client = Client(host, "http://127.0.0.1:9", insecure);

        var failure = await FailureAsync(client);

        Assert.Contains("the proxy http://127.0.0.1:9 (HTTP", failure.CameBack, StringComparison.Ordinal);
        Assert.Contains("cannot be reached", failure.CameBack, StringComparison.Ordinal);
        Assert.Contains("NO_PROXY", failure.Remedy, StringComparison.Ordinal);
    }

    private static Task<LadingException> FailureAsync(TestClient client) =>
        Assert.ThrowsAsync<LadingException>(() =>
            client.Open("shop/web").FindManifestAsync(Tag.Parse("v1"), Cancelled)
        );

    private static TestClient Client(string host, string proxy, bool insecure = true) =>
        new(
            host,
            proxies: ProxyResolver.Read(name => name is "HTTP_PROXY" or "HTTPS_PROXY" ? proxy : null),
            insecure: insecure
        );
}

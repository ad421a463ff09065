using System.Collections.Concurrent;
using Lading.Aws;
using Lading.Aws.Ecr;
using Lading.Http;
using Lading.Oci;
using Lading.Registry.Transport;
using Lading.Server;
using Lading.Server.Access;
using Lading.Testing;

namespace Lading.Tests.Server.Ecr;

/// <summary>A client whose clock is wrong is refused once, and then uses the service's clock.</summary>
public sealed class SigningWithAWrongClock : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> log = [];
    private readonly HttpConnections http = HttpConnections.Create(ProxyResolver.None);
    private TestRegistry registry = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        registry = await TestRegistry.StartAsync(
            new RegistryServerOptions { Account = "111111111111", Logins = RegistryLogins.Parse("alice:wonder") }
        );

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await registry.DisposeAsync();
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(20)]
    public async Task An_image_is_pushed_with_a_clock_that_is_hours_off(int hours)
    {
        using var image = await GeneratedImage.CreateAsync(2, 1000, Cancelled);
        using var ecr = Open(TimeSpan.FromHours(hours), "wonder");
        var name = RepositoryName.Parse("shop/web");
        await ecr.CreateRepositoryAsync(name, RepositorySettings.MutableExcept(), Cancelled);
        var repository = ecr.Open(name);

        foreach (var blob in image.Manifest.Blobs)
        {
            await repository.PutBlobAsync(
                new ReadableBlob(blob, token => image.Layout.OpenBlobAsync(blob, token)),
                null,
                Cancelled
            );
        }

        await repository.PutManifestAsync(image.Manifest, Tag.Parse("v1"), Cancelled);

        Assert.Equal(image.Digest, (await repository.FindManifestAsync(Tag.Parse("v1"), Cancelled))?.Digest);
        // Exactly one call is refused.
        Assert.Single(
            log,
            line =>
                line.Contains(" 400 in ", StringComparison.Ordinal) && line.StartsWith("ecr:", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_wrong_secret_is_not_mistaken_for_a_wrong_clock()
    {
        using var ecr = Open(TimeSpan.FromHours(-3), "another");

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            ecr.FindSettingsAsync(RepositoryName.Parse("shop/web"), Cancelled)
        );

        // Once for the clock, once for the secret.
        Assert.Equal(2, log.Count(line => line.StartsWith("ecr:", StringComparison.Ordinal)));
        Assert.Contains("does not match", failure.CameBack, StringComparison.Ordinal);
        Assert.DoesNotContain("another", failure.Message, StringComparison.Ordinal);
    }

    private EcrRegistry Open(TimeSpan off, string secret)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL"] = $"http://{registry.Host}",
            ["AWS_ACCESS_KEY_ID"] = "alice",
            ["AWS_SECRET_ACCESS_KEY"] = secret,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        };
        var settings = new AwsSettings
        {
            Environment = "dev",
            Account = "111111111111",
            Region = "eu-west-1",
            Variable = variables.GetValueOrDefault,
        };
        var schedule = TestClient.AtOnce with { Time = new WrongTime(off) };
        return new EcrRegistry(new AwsSession(settings, http, schedule, [], log.Enqueue), settings.Account);
    }

    /// <summary>The time, off by a fixed amount.</summary>
    private sealed class WrongTime(TimeSpan off) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + off;
    }
}

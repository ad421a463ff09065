using System.Text;
using Lading.Oci;
using Lading.Registry.Credentials;
using Lading.Testing;
using Lading.Testing.Faults;
using Lading.Writer;

namespace Lading.Tests.Registry;

/// <summary>Anonymous, Basic and Bearer (distribution token specification).</summary>
public sealed class LoggingIn : IAsyncLifetime
{
    private const string Password = "pass:wörd+secret";
    private static readonly RegistryLogin Login = new() { User = "ada", Password = Password };

    private TestRegistry behind = null!;
    private FaultServer gate = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        behind = await TestRegistry.StartAsync();
        gate = await FaultServer.StartAsync(behind.Host);
    }

    public async ValueTask DisposeAsync()
    {
        await gate.DisposeAsync();
        await behind.DisposeAsync();
    }

    [Fact]
    public async Task A_registry_that_asks_for_no_login_gets_none()
    {
        await using var server = await FaultServer.StartAsync();
        using var client = new TestClient(server.Host, new KnownLogin(Login));

        await client.Open("shop/web").FindManifestAsync(Tag.Parse("v1"), Cancelled);

        Assert.Equal("", Assert.Single(server.Requests).Authorization);
    }

    [Fact]
    public async Task A_basic_login_is_sent_from_the_first_challenge_on()
    {
        await using var server = await FaultServer.StartAsync();
        server.On("*", "/v2/", e => e.AnswerAsync(401, "", ("WWW-Authenticate", "Basic realm=\"x\"")), times: 1);
        using var client = new TestClient(server.Host, new KnownLogin(Login));
        var repository = client.Open("shop/web");

        await repository.FindManifestAsync(Tag.Parse("v1"), Cancelled);
        await repository.FindManifestAsync(Tag.Parse("v2"), Cancelled);

        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"ada:{Password}"));
        Assert.Equal(["", basic, basic], server.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task A_refused_basic_login_is_renewed_once()
    {
        await using var server = await FaultServer.StartAsync();
        server.On(
            "*",
            "/v2/",
            e =>
                e.Request.Headers.Authorization.ToString().EndsWith("YWRhOnhuZXc=", StringComparison.Ordinal)
                    ? e.AnswerAsync(404)
                    : e.AnswerAsync(401, "", ("WWW-Authenticate", "Basic realm=\"x\""))
        );
        var logins = new KnownLogin(Login, new RegistryLogin { User = "ada", Password = "xnew" });
        using var client = new TestClient(server.Host, logins);

        Assert.Null(await client.Open("shop/web").FindManifestAsync(Tag.Parse("v1"), Cancelled));
        Assert.Equal(1, logins.Renewals);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_wrong_login_is_reported_once_and_without_the_password()
    {
        await using var server = await FaultServer.StartAsync();
        server.On(
            "*",
            "/v2/",
            e =>
                e.AnswerAsync(
                    401,
                    """{"errors":[{"code":"UNAUTHORIZED","message":"who are you"}]}""",
                    ("WWW-Authenticate", "Basic realm=\"x\"")
                )
        );
        using var client = new TestClient(server.Host, new KnownLogin(Login));

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            client.Open("shop/web").FindManifestContentAsync(Tag.Parse("v1"), Cancelled)
        );

        Assert.Contains("UNAUTHORIZED: who are you", failure.CameBack, StringComparison.Ordinal);
        Assert.Contains($"docker login {server.Host}", failure.Remedy, StringComparison.Ordinal);
        Assert.Contains("was sent: it is wrong", failure.Remedy, StringComparison.Ordinal);
        Assert.InRange(server.Requests.Count, 2, 3);
        AssertNothingSaid(client, failure, Password, Convert.ToBase64String(Encoding.UTF8.GetBytes($"ada:{Password}")));
    }

    [Fact]
    public async Task A_token_is_requested_once_for_reading_and_once_for_writing()
    {
        var registry = new TokenGate(gate);
        using var client = new TestClient(registry.Host, new KnownLogin(Login));
        var repository = client.Open("shop/web");

        for (var i = 0; i < 3; i++)
        {
            await repository.FindManifestAsync(Tag.Parse("v1"), Cancelled);
        }

        await new SmallImage("a").PutAsync(repository, Tag.Parse("v1"), Cancelled);

        Assert.Equal(2, registry.Issued);
        Assert.Equal(
            [
                "?service=here&scope=repository:extra:pull&scope=repository:shop/web:pull",
                "?service=here&scope=repository:shop/web:pull,push",
            ],
            registry.Asked
        );
    }

    [Fact]
    public async Task Many_concurrent_requests_share_one_token()
    {
        var registry = new TokenGate(gate);
        using var client = new TestClient(registry.Host);
        var repository = client.Open("shop/web");
        await repository.FindManifestAsync(Tag.Parse("v1"), Cancelled);

        await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => repository.FindBlobAsync(Digest.OfBytes([(byte)i]), Cancelled))
        );

        Assert.Equal(1, registry.Issued);
    }

    [Fact]
    public async Task A_mount_requests_a_token_for_both_repositories()
    {
        var registry = new TokenGate(gate);
        using var client = new TestClient(registry.Host, new KnownLogin(Login));
        var image = new SmallImage("a");
        await image.PutAsync(client.Open("shop/one"), null, Cancelled);

        var mounted = await client
            .Open("shop/two")
            .PutBlobAsync(
                image.SourceOf(image.Layer) with
                {
                    Origin = RepositoryName.Parse("shop/one"),
                },
                null,
                Cancelled
            );

        Assert.Equal(BlobOutcome.Mounted, mounted);
        Assert.Equal(
            "?service=here&scope=repository:shop/one:pull&scope=repository:shop/two:pull,push",
            registry.Asked[^1]
        );
    }

    [Fact]
    public async Task A_refresh_token_is_posted_not_put_into_an_address()
    {
        var registry = new TokenGate(gate);
        var login = new RegistryLogin { IdentityToken = "refresh-secret" };
        using var client = new TestClient(registry.Host, new KnownLogin(login));

        await client.Open("shop/web").FindManifestAsync(Tag.Parse("v1"), Cancelled);

        var asked = Assert.Single(registry.Asked);
        Assert.StartsWith("grant_type=refresh_token&refresh_token=refresh-secret", asked, StringComparison.Ordinal);
        Assert.Equal(1, registry.Server.Count("POST", "/token"));
        AssertNothingSaid(client, null, "refresh-secret", "secret-token");
    }

    [Fact]
    public async Task A_token_that_expired_early_is_replaced_and_the_body_sent_again()
    {
        var registry = new TokenGate(gate);
        using var client = new TestClient(registry.Host, new KnownLogin(Login));
        var image = new SmallImage("a", layerSize: 3_000_000);
        var opened = 0;
        // The first token expires before the body is sent.
        registry.Server.On(
            "PUT",
            "/blobs/uploads/",
            async e =>
            {
                registry.IsGood = number => number > 1;
                await e.AnswerAsync(
                    401,
                    "",
                    ("WWW-Authenticate", $"Bearer realm=\"http://{registry.Host}/token\",service=\"here\"")
                );
            },
            times: 1
        );

        var outcome = await client
            .Open("shop/web")
            .PutBlobAsync(image.SourceOf(image.Layer, () => Interlocked.Increment(ref opened)), null, Cancelled);

        Assert.Equal(BlobOutcome.Sent, outcome);
        Assert.Equal(2, registry.Issued);
        Assert.True(opened >= 2);
        Assert.Equal(image.Layer.Size, await client.Open("shop/web").FindBlobAsync(image.Layer.Digest, Cancelled));
    }

    [Fact]
    public async Task A_token_that_is_always_refused_is_replaced_only_a_few_times()
    {
        var registry = new TokenGate(gate);
        registry.IsGood = _ => false;
        using var client = new TestClient(registry.Host, new KnownLogin(Login));

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            client.Open("shop/web").FindManifestContentAsync(Tag.Parse("v1"), Cancelled)
        );

        Assert.InRange(registry.Issued, 2, 3);
        AssertNothingSaid(client, failure, "secret-token", Password);
    }

    [Theory]
    [InlineData("\"expires_in\":90")]
    [InlineData("\"expires_in\":3600,\"issued_at\":\"2001-01-01T00:00:00Z\"")]
    [InlineData("\"expires_in\":3600,\"issued_at\":\"2099-01-01T00:00:00Z\"")]
    [InlineData("\"issued_at\":\"whenever\"")]
    public async Task A_token_lasts_by_our_own_clock(string life)
    {
        var registry = new TokenGate(gate);
        registry.Life = life;
        using var client = new TestClient(registry.Host);

        for (var i = 0; i < 5; i++)
        {
            await client.Open("shop/web").FindManifestAsync(Tag.Parse("v1"), Cancelled);
        }

        Assert.Equal(1, registry.Issued);
    }

    [Fact]
    public async Task A_busy_token_service_is_asked_again()
    {
        var registry = new TokenGate(gate);
        registry.Server.On("*", "/token", e => e.AnswerAsync(503), times: 2);
        using var client = new TestClient(registry.Host);

        await client.Open("shop/web").FindManifestAsync(Tag.Parse("v1"), Cancelled);

        Assert.Equal(1, registry.Issued);
        Assert.Equal(3, registry.Server.Count("GET", "/token"));
    }

    [Theory]
    [InlineData("""{"errors":[{"code":"DENIED","message":"no such user"}]}""", 401, "DENIED: no such user")]
    [InlineData("{}", 200, "without a token")]
    [InlineData("<html>", 200, "token service")]
    public async Task The_refusal_of_a_token_service_is_quoted(string body, int status, string words)
    {
        var registry = new TokenGate(gate);
        registry.Server.On("*", "/token", e => e.AnswerAsync(status, body));
        using var client = new TestClient(registry.Host, new KnownLogin(Login));

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            client.Open("shop/web").FindManifestAsync(Tag.Parse("v1"), Cancelled)
        );

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        AssertNothingSaid(client, failure, Password);
    }

    [Fact]
    public async Task A_login_that_ECR_reports_as_expired_is_requested_again()
    {
        await using var server = await FaultServer.StartAsync();
        server.On("*", "/v2/", e => e.AnswerAsync(401, "", ("WWW-Authenticate", "Basic realm=\"x\"")), times: 1);
        server.On(
            "GET",
            "/manifests/",
            e =>
                e.AnswerAsync(
                    403,
                    """{"errors":[{"code":"DENIED","message":"Your authorization token has expired. Reauthenticate and try again."}]}"""
                ),
            times: 1,
            skip: 1
        );
        var logins = new KnownLogin(Login);
        using var client = new TestClient(server.Host, logins);

        Assert.Null(await client.Open("shop/web").FindManifestContentAsync(Tag.Parse("v1"), Cancelled));
        Assert.Equal(1, logins.Renewals);
    }

    private static void AssertNothingSaid(TestClient client, LadingException? failure, params string[] secrets)
    {
        var said = string.Join('\n', client.Log) + failure;
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, said, StringComparison.OrdinalIgnoreCase));
        Assert.NotEmpty(client.Log);
    }
}

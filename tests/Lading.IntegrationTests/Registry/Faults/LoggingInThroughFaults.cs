using System.Collections.Concurrent;
using Lading.Oci;
using Lading.Registry.Credentials;
using Lading.Testing.Faults;

namespace Lading.IntegrationTests.Registry.Faults;

/// <summary>Logins that expire at the worst moment, in front of real registries.</summary>
public sealed class LoggingInThroughFaults(RealRegistries registries) : IClassFixture<RealRegistries>
{
    private const string Uploads = "/blobs/uploads/";
    private static readonly RegistryLogin Login = new() { User = "ada", Password = "secret" };

    [Theory]
    [InlineData("docker-registry", 0)]
    [InlineData("docker-registry", 500_000)]
    [InlineData("embedded", 500_000)]
    public async Task A_token_expires_at_the_body_of_a_blob(string kind, long read)
    {
        await using var bench = await registries.BenchAsync(kind);
        bench.LogIn(new KnownLogin(Login));
        var gate = new TokenGate(bench.Server);
        // The first tokens that are used for a body are no longer valid there.
        bench.Server.On(
            "PUT",
            Uploads,
            async e =>
            {
                await e.ReadAsync(read);
                var revoked = gate.Issued;
                gate.IsGood = number => number > revoked;
                await gate.RefuseAsync(e);
            },
            times: 2
        );

        await bench.PushAsync();

        await bench.AssertPushedAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task Tokens_are_revoked_long_before_their_time(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        await bench.PrepareAsync();
        bench.LogIn(new KnownLogin(Login));
        var gate = new TokenGate(bench.Server);
        // Each token is good for two requests, whatever its stated lifetime.
        var used = new ConcurrentDictionary<int, int>();
        gate.IsGood = number => used.AddOrUpdate(number, 1, (_, times) => times + 1) <= 2;

        await bench.PullAsync();

        await bench.AssertPulledAsync();
        Assert.InRange(gate.Issued, 2, 20);
    }

    [Theory]
    [InlineData("docker-registry", "\"expires_in\":300,\"issued_at\":\"2001-01-01T00:00:00Z\"")]
    [InlineData("docker-registry", "\"expires_in\":300,\"issued_at\":\"2099-01-01T00:00:00Z\"")]
    public async Task The_clock_of_the_token_service_is_wrong(string kind, string life)
    {
        await using var bench = await registries.BenchAsync(kind);
        bench.LogIn(new KnownLogin(Login));
        var gate = new TokenGate(bench.Server) { Life = life };

        await bench.PushAsync();

        await bench.AssertPushedAsync();
        Assert.InRange(gate.Issued, 1, 2);
    }

    [Theory]
    [InlineData(401, "UNAUTHORIZED", "Not Authorized")]
    [InlineData(403, "DENIED", "Your authorization token has expired. Reauthenticate and try again.")]
    public async Task The_twelve_hours_of_an_ECR_login_are_over(int status, string code, string message)
    {
        await using var bench = await registries.BenchAsync("docker-registry");
        var logins = new KnownLogin(Login, new RegistryLogin { User = "ada", Password = "new" });
        bench.LogIn(logins);
        var isOver = false;
        bench.Server.On(
            "*",
            "/v2/",
            async e =>
            {
                var sent = e.Request.Headers.Authorization.ToString();
                var isNew = sent == "Basic YWRhOm5ldw==";
                isOver |= e.Request.Method == "PUT";
                if (sent.Length > 0 && (isNew || !isOver))
                {
                    await e.PassAsync();
                    return;
                }

                var body = $$$"""{"errors":[{"code":"{{{code}}}","message":"{{{message}}}"}]}""";
                await e.AnswerAsync(sent.Length == 0 ? 401 : status, body, ("WWW-Authenticate", "Basic realm=\"x\""));
            }
        );

        await bench.PushAsync();

        await bench.AssertPushedAsync();
        Assert.True(logins.Renewals > 0);
    }
}

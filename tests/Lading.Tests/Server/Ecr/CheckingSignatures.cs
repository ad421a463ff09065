using System.Net;
using Lading.Server;
using Lading.Server.Access;
using Lading.Testing;

namespace Lading.Tests.Server.Ecr;

/// <summary>
/// As with AWS, a signature is valid only for the request that was signed: its service, its day, its query, and every
/// header that says what to do.
/// </summary>
public sealed class CheckingSignatures : IAsyncLifetime
{
    private readonly ManualTime time = new();
    private TestRegistry registry = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private SignedCall Call => new(time.GetUtcNow());

    private Uri Address => new($"http://127.0.0.1:{registry.Address.Port}/");

    public async ValueTask InitializeAsync() =>
        registry = await TestRegistry.StartAsync(
            new RegistryServerOptions
            {
                Listen = IPAddress.Any,
                Logins = RegistryLogins.Parse("bob:builder"),
                Time = time,
            }
        );

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    [Fact]
    public async Task Signed_requests_are_answered()
    {
        await HoldsAsync(Call);
        // Signed in another order than sent, and with another encoding.
        await HoldsAsync(Call with { Query = "a=1&b=x%2Fy", SentQuery = "?b=x/y&a=1" });
        await HoldsAsync(
            Call with
            {
                Signed = "host;x-amz-content-sha256;x-amz-date;x-amz-target",
                More = new Dictionary<string, string>
                {
                    ["x-amz-content-sha256"] = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
                },
            }
        );
    }

    [Theory]
    [InlineData("host;x-amz-date", "'X-Amz-Target' must be a 'SignedHeader'")]
    [InlineData("x-amz-date;x-amz-target", "'Host' must be a 'SignedHeader'")]
    [InlineData("host;x-amz-target", "'X-Amz-Date' must be a 'SignedHeader'")]
    public async Task A_header_that_says_what_to_do_must_be_signed(string signed, string message) =>
        await IsRefusedAsync(Call with { Signed = signed }, message);

    [Fact]
    public async Task Refuses_a_signature_of_another_day_than_the_requests() =>
        await IsRefusedAsync(Call with { Day = "20200131" }, "Date in Credential scope does not match");

    [Fact]
    public async Task A_signature_for_another_service_is_refused()
    {
        await IsRefusedAsync(Call with { Service = "s3" }, "correct service: 'ecr'");
        await IsRefusedAsync(Call with { Service = "sts" }, "correct service: 'ecr'");
    }

    [Theory]
    [InlineData("", "?Action=DeleteRepository")]
    [InlineData("a=1", "?a=1&b=2")]
    [InlineData("a=1", "")]
    public async Task A_query_that_was_added_or_removed_is_refused(string signed, string sent) =>
        await IsRefusedAsync(Call with { Query = signed, SentQuery = sent }, "does not match the signature");

    [Fact]
    public async Task A_body_that_does_not_match_its_signed_digest_is_refused() =>
        await IsRefusedAsync(
            Call with
            {
                Signed = "host;x-amz-content-sha256;x-amz-date;x-amz-target",
                More = new Dictionary<string, string> { ["x-amz-content-sha256"] = new string('0', 64) },
            },
            "does not match the signature"
        );

    [Fact]
    public async Task The_key_of_a_role_is_useless_without_its_token()
    {
        var (key, secret) = new SignatureCheck(
            RegistryLogins.Parse("bob:builder"),
            new RegistryPasswords(RegistryLogins.Parse("bob:builder")),
            time
        ).IssueRole(time.GetUtcNow().AddHours(1));
        var call = Call with { AccessKey = key, Secret = secret };
        await IsRefusedAsync(call, "security token");
        await HoldsAsync(
            call with
            {
                Signed = "host;x-amz-date;x-amz-security-token;x-amz-target",
                More = new Dictionary<string, string> { ["x-amz-security-token"] = "lading" },
            }
        );
    }

    private async Task HoldsAsync(SignedCall call)
    {
        var (status, text) = await call.SendAsync(registry.Http, Address, Cancelled);
        Assert.True(status == HttpStatusCode.OK, text);
    }

    private async Task IsRefusedAsync(SignedCall call, string message)
    {
        var (status, text) = await call.SendAsync(registry.Http, Address, Cancelled);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        // Characters that JSON escapes do not matter here.
        Assert.Contains(
            message,
            text.Replace("\\u0027", "'", StringComparison.Ordinal),
            StringComparison.OrdinalIgnoreCase
        );
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Amazon.Runtime;
using Lading.Layout;
using Lading.Oci;
using Lading.Server;
using Lading.Server.Access;
using Lading.Testing;
using Lading.Tests.Server.Ecr;

namespace Lading.Tests.Server;

/// <summary>A registry that other machines can reach requires a login, in every protocol.</summary>
public sealed class AskingForALogin : IAsyncLifetime
{
    private readonly ManualTime time = new();
    private TestRegistry registry = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        registry = await TestRegistry.StartAsync(
            new RegistryServerOptions
            {
                Listen = IPAddress.Any,
                Logins = RegistryLogins.Parse("# who\nalice:wonder:land\n\nbob:builder\n"),
                Time = time,
            }
        );

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    [Fact]
    public async Task A_registry_without_logins_is_not_served_to_other_machines()
    {
        var refusal = await Assert.ThrowsAsync<LadingException>(() =>
            TestRegistry.StartAsync(new RegistryServerOptions { Listen = IPAddress.Any })
        );
        Assert.Contains("--logins", refusal.Message);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_not_served()
    {
        // TEST-NET-1 of RFC 5737 belongs to nobody.
        var elsewhere = new RegistryServerOptions
        {
            Listen = IPAddress.Parse("192.0.2.1"),
            Logins = RegistryLogins.Parse("a:b"),
        };

        var refusal = await Assert.ThrowsAsync<LadingException>(() => TestRegistry.StartAsync(elsewhere));

        Assert.Contains("Could not serve the registry on 192.0.2.1", refusal.Message);
        Assert.Contains("--listen names an address of this machine", refusal.Message);
    }

    [Theory]
    [InlineData("alice:wonder:land", HttpStatusCode.OK)]
    [InlineData("bob:builder", HttpStatusCode.OK)]
    [InlineData("bob:wonder:land", HttpStatusCode.Unauthorized)]
    [InlineData("AWS:1.2", HttpStatusCode.Unauthorized)]
    [InlineData("AWS:", HttpStatusCode.Unauthorized)]
    [InlineData("nobody", HttpStatusCode.Unauthorized)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    public async Task A_login_gives_access(string login, HttpStatusCode expected)
    {
        using var response = await PingAsync(login);
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected != HttpStatusCode.OK, response.Headers.WwwAuthenticate.Count > 0);
    }

    [Fact]
    public async Task Text_that_is_not_a_login_gives_no_access()
    {
        foreach (var header in (string?[])[null, "Bearer x", "Basic", "Basic !", "Basic eA"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, "/v2/team/app/manifests/v1");
            request.Headers.TryAddWithoutValidation("Authorization", header);
            using var response = await SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Contains("UNAUTHORIZED", await response.Content.ReadAsStringAsync(Cancellation));
        }
    }

    [Fact]
    public async Task A_signature_gives_a_password_for_twelve_hours()
    {
        var answer = await CallAsync("bob", "builder");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var token = Between(answer.Text, "\"authorizationToken\":\"", "\"");
        using (var response = await PingAsync(Encoding.UTF8.GetString(Convert.FromBase64String(token))))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        time.Advance(TimeSpan.FromHours(13));
        using var late = await PingAsync(Encoding.UTF8.GetString(Convert.FromBase64String(token)));
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
    }

    [Theory]
    [InlineData("bob", "wrong", 0, "InvalidSignatureException")]
    [InlineData("nobody", "builder", 0, "UnrecognizedClientException")]
    [InlineData("ASIALADING7", "builder", 0, "UnrecognizedClientException")]
    [InlineData("ASIALADINGFFFFFFFFFFFFFFFF", "builder", 0, "UnrecognizedClientException")]
    [InlineData("bob", "builder", 20, "InvalidSignatureException")]
    [InlineData(null, "", 0, "MissingAuthenticationTokenException")]
    public async Task A_wrong_signature_gives_nothing(string? key, string secret, int minutes, string code)
    {
        var answer = await CallAsync(key, secret, minutes);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(code, answer.Text);
    }

    [Fact]
    public async Task A_body_other_than_the_signed_one_is_refused()
    {
        var answer = await CallAsync("bob", "builder", body: "{}", sent: "{ }");
        Assert.Contains("InvalidSignatureException", answer.Text);
    }

    [Fact]
    public async Task A_role_signs_for_an_hour()
    {
        const string Assume =
            "Action=AssumeRole&Version=2011-06-15&RoleSessionName=a&RoleArn=arn%3Aaws%3Aiam%3A%3A000000000000%3Arole%2Fr";
        var (status, text) = await CallAsync("bob", "builder", service: "sts", body: Assume);
        Assert.Equal(HttpStatusCode.OK, status);
        var key = Between(text, "<AccessKeyId>", "<");
        var secret = Between(text, "<SecretAccessKey>", "<");
        Assert.Equal(HttpStatusCode.OK, await AsRoleAsync());
        time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(HttpStatusCode.BadRequest, await AsRoleAsync());
        Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync("bob", "wrong", service: "sts", body: Assume)).Status);

        async Task<HttpStatusCode> AsRoleAsync()
        {
            var call = new SignedCall(time.GetUtcNow())
            {
                AccessKey = key,
                Secret = secret,
                Signed = "host;x-amz-date;x-amz-security-token;x-amz-target",
                More = new Dictionary<string, string>
                {
                    ["x-amz-security-token"] = Between(text, "<SessionToken>", "<"),
                },
            };
            var address = new Uri($"http://127.0.0.1:{registry.Address.Port}");
            return (await call.SendAsync(registry.Http, address, Cancellation)).Status;
        }
    }

    [Fact]
    public async Task The_address_of_a_layer_gives_access_to_that_layer_only()
    {
        var name = RepositoryName.Parse(EcrWire.Repository);
        var record = new RepositoryRecord
        {
            Settings = RepositorySettings.MutableExcept(),
            CreatedAt = time.GetUtcNow(),
        };
        await registry.Store.CreateAsync(name, record, Cancellation);
        var image = await new EcrWire(registry).PushAsync("one", "v1");
        var answer = await CallAsync(
            "bob",
            "builder",
            operation: "GetDownloadUrlForLayer",
            body: $$"""{"repositoryName":"team/app","layerDigest":"{{image.Layer.Digest}}"}"""
        );
        var path = new Uri(Between(answer.Text, "\"downloadUrl\":\"", "\"")).PathAndQuery;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(path));
        var other = path.Replace(image.Layer.Digest.ToString(), image.Configuration.Digest.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(other));
        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(path));

        async Task<HttpStatusCode> StatusAsync(string address)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var response = await SendAsync(request);
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData("alice")]
    [InlineData(":secret")]
    [InlineData("alice:")]
    [InlineData("AWS:secret")]
    [InlineData("# nobody")]
    [InlineData("alice:secret\nbob:other\nalice:another")]
    public void A_file_that_is_not_a_list_of_logins_is_refused_without_repeating_it(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => RegistryLogins.Parse(text));
        Assert.DoesNotContain("secret.", refusal.Message.Replace("name:secret", ""));
    }

    private async Task<HttpResponseMessage> PingAsync(string login)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(login))
        );
        return await SendAsync(request);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        // The host may be any name used from outside.
        request.Headers.Host = "registry.example.com";
        request.RequestUri = new Uri($"http://127.0.0.1:{registry.Address.Port}{request.RequestUri}");
        return registry.Http.SendAsync(request, Cancellation);
    }

    /// <summary>Signed by the SDK's own signer.</summary>
    private async Task<(HttpStatusCode Status, string Text)> CallAsync(
        string? key,
        string secret,
        int minutes = 0,
        string service = "ecr",
        string operation = "GetAuthorizationToken",
        string body = "{}",
        string? sent = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(sent ?? body));
        if (service == "ecr")
        {
            request.Headers.Add("X-Amz-Target", $"AmazonEC2ContainerRegistry_V20150921.{operation}");
        }

        if (key is not null)
        {
            var now = time.GetUtcNow().AddMinutes(minutes).UtcDateTime;
            var date = now.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);
            request.Headers.Add("X-Amz-Date", date);
            var hash = Convert.ToHexStringLower(
                System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(body))
            );
            var target = service == "ecr" ? $"x-amz-target:{request.Headers.GetValues("X-Amz-Target").Single()}\n" : "";
            var names = service == "ecr" ? "host;x-amz-date;x-amz-target" : "host;x-amz-date";
            var signature = Amazon.Runtime.Internal.Auth.AWS4Signer.ComputeSignature(
                new ImmutableCredentials(key, secret, null),
                "eu-west-1",
                now,
                service,
                names,
                $"POST\n/\n\nhost:registry.example.com\nx-amz-date:{date}\n{target}\n{names}\n{hash}"
            );
            request.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
        }

        using var response = await SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    private static string Between(string text, string from, string to)
    {
        var start = text.IndexOf(from, StringComparison.Ordinal) + from.Length;
        return text[start..text.IndexOf(to, start, StringComparison.Ordinal)];
    }
}

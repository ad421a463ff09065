using Lading.Aws;
using Lading.Aws.Credentials;
using Lading.Http;
using Lading.Testing;
using Lading.Testing.Faults;

namespace Lading.Tests.Aws;

/// <summary>
/// Requests for keys bypass every proxy; requests to AWS itself go through the proxy that everything uses.
/// </summary>
public sealed class KeepingKeysFromProxies : IAsyncLifetime
{
    private const string Keys =
        """{"AccessKeyId":"AKIAROLE","SecretAccessKey":"secret","Token":"session","Expiration":"2199-01-01T00:00:00Z"}""";

    private readonly TestFolder folder = new();
    private readonly Dictionary<string, string> variables = [];
    private FaultServer server = null!;
    private RecordingProxy proxy = null!;
    private HttpConnections http = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await FaultServer.StartAsync();
        proxy = new RecordingProxy(server.Host) { Refusal = 403 };
        variables["HTTP_PROXY"] = proxy.Address;
        variables["HTTPS_PROXY"] = proxy.Address;
        variables["AWS_CONFIG_FILE"] = "/dev/null";
        variables["AWS_SHARED_CREDENTIALS_FILE"] = folder.Combine("credentials");
        http = HttpConnections.Create(ProxyResolver.Read(variables.GetValueOrDefault));
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await proxy.DisposeAsync();
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Only_the_container_service_sees_the_token_of_container_credentials()
    {
        server.On("GET", "/v1/credentials", e => e.AnswerAsync(200, Keys));
        variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = $"http://{server.Host}/v1/credentials";
        variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "token-of-the-pod";

        Assert.Equal("AKIAROLE", await KeyAsync());
        Assert.Equal("token-of-the-pod", Assert.Single(server.Requests).Authorization);
        Assert.Empty(proxy.Heads);
    }

    [Fact]
    public async Task A_token_in_a_file_wins()
    {
        server.On("GET", "/v1/credentials", e => e.AnswerAsync(200, Keys));
        variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = $"http://{server.Host}/v1/credentials";
        variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "old";
        variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = folder.Combine("token");
        await File.WriteAllTextAsync(folder.Combine("token"), "new\n", Cancelled);

        await KeyAsync();

        Assert.Equal("new", Assert.Single(server.Requests).Authorization);
    }

    [Theory]
    [InlineData("http://keys.example/x", "neither encrypted nor this machine")]
    [InlineData("http://169.254.170.3/x", "neither encrypted nor this machine")]
    [InlineData("keys", "is not an address")]
    public async Task Keys_are_not_asked_for_just_anywhere(string address, string said)
    {
        variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = address;

        var failure = await Assert.ThrowsAsync<LadingException>(KeyAsync);

        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Contains(said, failure.CameBack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_role_of_a_machine_is_requested_past_the_proxy()
    {
        server.On("PUT", "/latest/api/token", e => e.AnswerAsync(200, "v2-token"));
        server.On("GET", "/security-credentials/", e => e.AnswerAsync(200, "deploy"));
        server.On("GET", "/security-credentials/deploy", e => e.AnswerAsync(200, Keys));
        variables["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = $"http://{server.Host}";

        Assert.Equal("AKIAROLE", await KeyAsync());
        Assert.Empty(proxy.Heads);
    }

    [Theory]
    [InlineData("EcsContainer")]
    [InlineData("Ec2InstanceMetadata")]
    public async Task A_profile_that_assumes_its_role_with_such_keys_bypasses_the_proxy_too(string source)
    {
        server.On("GET", "/v1/credentials", e => e.AnswerAsync(200, Keys));
        server.On("PUT", "/latest/api/token", e => e.AnswerAsync(405));
        server.On("GET", "/security-credentials/", e => e.AnswerAsync(200, "deploy"));
        server.On("GET", "/security-credentials/deploy", e => e.AnswerAsync(200, Keys));
        variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = $"http://{server.Host}/v1/credentials";
        variables["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = $"http://{server.Host}";
        await File.WriteAllTextAsync(
            folder.Combine("credentials"),
            $"[default]\nrole_arn = arn:aws:iam::111111111111:role/deploy\ncredential_source = {source}\n",
            Cancelled
        );

        var failure = await Assert.ThrowsAsync<LadingException>(KeyAsync);

        // The keys were found: it is STS that the proxy refuses to connect to.
        Assert.Contains(
            $"the proxy {proxy.Address} (HTTPS_PROXY) answered 403",
            failure.CameBack,
            StringComparison.Ordinal
        );
        Assert.All(proxy.Lines, line => Assert.StartsWith("CONNECT sts.eu-west-1.amazonaws.com:443", line));
        Assert.DoesNotContain(proxy.Heads, head => head.Contains("Authorization", StringComparison.Ordinal));
        Assert.NotEmpty(server.Requests);
    }

    [Theory]
    [InlineData("""{"Code":"Failed","Message":"no role is attached"}""", "no role is attached")]
    [InlineData("""{"AccessKeyId":"secret-without-key"}""", "without AccessKeyId and SecretAccessKey")]
    [InlineData("secret", "not JSON of keys")]
    public async Task An_answer_without_keys_is_reported_without_secrets(string answer, string said)
    {
        server.On("GET", "/v1/credentials", e => e.AnswerAsync(200, answer));
        variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = $"http://{server.Host}/v1/credentials";

        var failure = await Assert.ThrowsAsync<LadingException>(KeyAsync);

        Assert.Contains(said, failure.CameBack, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    private async Task<string> KeyAsync()
    {
        var settings = new AwsSettings
        {
            Environment = "dev",
            Account = "111111111111",
            Region = "eu-west-1",
            Variable = variables.GetValueOrDefault,
        };
        var login = await CredentialSearch.RunAsync(settings, http);
        return (await login.GetKeysAsync(settings, Cancelled)).AccessKey;
    }
}

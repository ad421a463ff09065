using Lading.Aws;
using Lading.Aws.Credentials;
using Lading.Http;
using Lading.Processes;
using Lading.Testing;
using Lading.Testing.Faults;
using Microsoft.AspNetCore.WebUtilities;

namespace Lading.Tests.Aws;

/// <summary>Roles that require a code from an MFA device, and programs that take too long.</summary>
public sealed class AskingForACode : IAsyncLifetime
{
    private const string Serial = "arn:aws:iam::111111111111:mfa/me";

    private readonly TestFolder folder = new();
    private readonly HttpConnections http = HttpConnections.Create(ProxyResolver.None);
    private FaultServer server = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await FaultServer.StartAsync();
        await File.WriteAllTextAsync(
            folder.Combine("config"),
            $"[default]\nrole_arn = arn:aws:iam::111111111111:role/deploy\nsource_profile = me\nmfa_serial = {Serial}\n"
                + "[profile me]\naws_access_key_id = AKIAME\naws_secret_access_key = s\n",
            Cancelled
        );
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Without_a_terminal_a_question_fails_once_and_says_what_to_do()
    {
        var failure = await Assert.ThrowsAsync<LadingException>(() => KeyAsync(ask: null));

        Assert.Equal(
            "role arn:aws:iam::111111111111:role/deploy needs a code of the MFA device arn:aws:iam::111111111111:mfa/me, and there is no terminal to ask for it",
            failure.CameBack
        );
        Assert.Equal(
            "Run this in a terminal, or assume the role first and pass its credentials as AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.",
            failure.Remedy
        );
        Assert.Equal(2, failure.Message.Split("MFA device").Length);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task The_code_is_asked_for_once_and_goes_to_STS()
    {
        var asked = new List<string>();
        var sent = new List<(string Serial, string Code)>();
        server.On(
            "POST",
            "/",
            async e =>
            {
                using var reader = new StreamReader(e.Request.Body);
                var form = QueryHelpers.ParseQuery(await reader.ReadToEndAsync(Cancelled));
                sent.Add((form["SerialNumber"].ToString(), form["TokenCode"].ToString()));
                await e.AnswerAsync(
                    200,
                    "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><AssumedRoleUser><Arn>arn:aws:sts::111111111111:assumed-role/deploy/me</Arn><AssumedRoleId>AROA:me</AssumedRoleId></AssumedRoleUser><Credentials><AccessKeyId>ASIADEPLOY</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2199-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>",
                    ("Content-Type", "text/xml")
                );
            }
        );

        var key = await KeyAsync(device =>
        {
            asked.Add(device);
            return "123456";
        });

        Assert.Equal("ASIADEPLOY", key);
        Assert.Equal([Serial], asked);
        Assert.Equal([(Serial, "123456")], sent);
    }

    [Fact]
    public async Task A_program_that_prints_keys_has_a_time_limit()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is one of Unix.");
        var keys = new ProgramKeys(new ProgramCall("sleep", "600"), "the credential_process of profile dev")
        {
            Limit = TimeSpan.FromMilliseconds(200),
        };
        var login = new AwsLogin(LoginKind.Program, "profile dev", keys) { Profile = "dev" };

        var failure = await Assert.ThrowsAsync<LadingException>(() => login.GetKeysAsync(Settings(null), Cancelled));

        Assert.Contains(
            "the credential_process of profile dev did not answer within",
            failure.CameBack,
            StringComparison.Ordinal
        );
    }

    private async Task<string> KeyAsync(Func<string, string?>? ask)
    {
        var settings = Settings(ask);
        var login = await CredentialSearch.RunAsync(settings, http);
        return (await login.GetKeysAsync(settings, Cancelled)).AccessKey;
    }

    private AwsSettings Settings(Func<string, string?>? ask)
    {
        var variables = new Dictionary<string, string>
        {
            ["AWS_CONFIG_FILE"] = folder.Combine("config"),
            ["AWS_SHARED_CREDENTIALS_FILE"] = folder.Combine("none"),
            ["AWS_ENDPOINT_URL"] = $"http://{server.Host}",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        return new AwsSettings
        {
            Environment = "dev",
            Account = "111111111111",
            Region = "eu-west-1",
            Variable = variables.GetValueOrDefault,
            AskCode = ask,
        };
    }
}

using System.Text.RegularExpressions;
using Lading.Aws;
using Lading.Aws.Credentials;
using Lading.Http;
using Lading.Testing;

namespace Lading.Tests.Aws;

/// <summary>AWS's shared configuration: what is read of it, according to docs/aws.md.</summary>
public sealed partial class ReadingProfiles : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly HttpConnections http = HttpConnections.Create(ProxyResolver.None);
    private readonly Dictionary<string, string> variables = new() { ["AWS_EC2_METADATA_DISABLED"] = "true" };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        http.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("[default]\naws_access_key_id = AKIA\naws_secret_access_key = s\n", "AKIA")]
    [InlineData("# a comment\n[default]\n; another\nAWS_ACCESS_KEY_ID=AKIA\naws_secret_access_key: s\n", "AKIA")]
    [InlineData("[profile default]\naws_access_key_id = AKIA\naws_secret_access_key = s\n", "AKIA")]
    [InlineData(
        "[default]\nsource_profile = default\naws_access_key_id = AKIA\naws_secret_access_key = s\ns3 =\n  max = 1\n",
        "AKIA"
    )]
    [InlineData(
        "[default]\ncredential_process = /bin/echo '{\"Version\":1,\"AccessKeyId\":\"AKIA\",\"SecretAccessKey\":\"s\"}'\n",
        "AKIA"
    )]
    public async Task Keys_are_found_in_all_forms(string text, string key)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is one of Unix.");

        Assert.Equal(key, await KeyAsync(text));
    }

    [Theory]
    [InlineData("[default]\naws_access_key_id = secret\n", "default lacks aws_secret_access_key")]
    [InlineData("[default]\naws_secret_access_key = secret\n", "default lacks aws_access_key_id")]
    [InlineData("[default]\nrole_arn = r\n", "neither source_profile nor credential_source")]
    [InlineData("[default]\nrole_arn = r\nsource_profile = a\ncredential_source = Environment\n", "has both")]
    [InlineData("[default]\nrole_arn = r\nsource_profile = nobody\n", "there is no profile of that name")]
    [InlineData(
        "[default]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = r\nsource_profile = default\n",
        "form a cycle: default → b → default"
    )]
    [InlineData("[default]\nrole_arn = r\nsource_profile = default\n", "form a cycle: default → default")]
    [InlineData("[default]\nrole_arn = r\nsource_profile = a\n[profile a]\nregion = x\n", "has no credentials")]
    [InlineData("[default]\nweb_identity_token_file = t\n", "default lacks role_arn")]
    [InlineData("[default]\nsso_session = s\n[sso-session s]\nsso_region = x\n", "default lacks sso_account_id")]
    [InlineData("[default]\nrole_arn = r\ncredential_source = Moon\n", "is 'Moon', and not Environment")]
    [InlineData("[default]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n", "no section [sso-session s]")]
    [InlineData("[default]\nsso_account_id = 1\nsso_role_name = r\nsso_region = x\n", "default lacks sso_start_url")]
    [InlineData("aws_access_key_id = secret\n", "line 1 is in no section")]
    [InlineData("[default]\nsecret without equals\n", "line 2 is neither a section nor 'name = value'")]
    [InlineData("[default]\nregion = a\nregion = b\n", "line 3 sets region a second time")]
    [InlineData("[default]\n[default]\n", "line 2 begins section [default] a second time")]
    [InlineData("[default]\nregion = eu-west-1\n", "no profile is named")]
    public async Task A_wrong_configuration_is_reported_without_its_secrets(string text, string said)
    {
        var failure = await Assert.ThrowsAsync<LadingException>(() => KeyAsync(text));

        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Contains(said, failure.CameBack, StringComparison.Ordinal);
        Assert.DoesNotContain("secret ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("= secret", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/bin/sh -c 'echo no login >&2; exit 3'", "failed (exit code 3): no login")]
    [InlineData("/bin/echo secret", "answered with something that is not JSON of keys")]
    [InlineData("/nonexistent/program", "cannot be started")]
    public async Task The_error_of_a_credential_process_is_quoted(string program, string said)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is one of Unix.");

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            KeyAsync($"[default]\ncredential_process = {program}\n")
        );

        Assert.Contains(
            "the credential_process of profile default " + said,
            failure.CameBack,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_key_pair_in_variables_is_an_error()
    {
        variables["AWS_ACCESS_KEY_ID"] = "AKIA";

        var failure = await Assert.ThrowsAsync<LadingException>(() => KeyAsync(""));

        Assert.Contains("AWS_SECRET_ACCESS_KEY is not", failure.CameBack, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "https://api.ecr.eu-west-1.amazonaws.com/")]
    [InlineData("use_dualstack_endpoint = true", "https://ecr.eu-west-1.api.aws/")]
    [InlineData("use_fips_endpoint = true", "https://api.ecr-fips.eu-west-1.amazonaws.com/")]
    [InlineData("use_fips_endpoint = true\nuse_dualstack_endpoint = true", "https://ecr-fips.eu-west-1.api.aws/")]
    [InlineData("endpoint_url = https://all.example", "https://all.example/")]
    [InlineData("services = s\nendpoint_url = https://all.example", "https://ecr.example/x/")]
    [InlineData("services = other\nendpoint_url = https://all.example", "https://all.example/")]
    [InlineData(
        "services = s\nendpoint_url = https://all.example\nignore_configured_endpoint_urls = true",
        "https://api.ecr.eu-west-1.amazonaws.com/"
    )]
    public void A_service_is_reached_where_the_profile_says(string profile, string address)
    {
        var settings = Settings(
            $"[default]\n{profile}\n[services s]\necr =\n  endpoint_url = https://ecr.example/x\n[services other]\nsts =\n  endpoint_url = https://sts.example\n"
        );

        Assert.Equal(address, ServiceAddress.Of(AwsService.Ecr, settings, null).Root.AbsoluteUri);
    }

    [Fact]
    public async Task Every_setting_that_the_page_lists_is_read()
    {
        var page = await File.ReadAllTextAsync(SourceTree.PathOf("docs/aws.md"), Cancelled);
        var sources = new List<string>();
        foreach (
            var file in Directory.GetFiles(SourceTree.PathOf("src/Lading.Aws"), "*.cs", SearchOption.AllDirectories)
        )
        {
            sources.Add(await File.ReadAllTextAsync(file, Cancelled));
        }

        var names = Row()
            .Matches(page)
            .SelectMany(row => new[] { row.Groups["setting"].Value, row.Groups["variable"].Value })
            .Where(name => name.Length > 0)
            .ToList();

        Assert.True(names.Count > 30);
        Assert.All(
            names.Except(["login_session"]),
            name => Assert.Contains(sources, text => text.Contains($"\"{name}\"", StringComparison.Ordinal))
        );
    }

    private async Task<string> KeyAsync(string text)
    {
        var settings = Settings(text);
        var login = await CredentialSearch.RunAsync(settings, http);
        return (await login.GetKeysAsync(settings, Cancelled)).AccessKey;
    }

    private AwsSettings Settings(string text)
    {
        File.WriteAllText(folder.Combine("config"), text);
        variables["AWS_CONFIG_FILE"] = folder.Combine("config");
        variables["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent/credentials";
        return new AwsSettings
        {
            Environment = "dev",
            Account = "111111111111",
            Region = "eu-west-1",
            Variable = variables.GetValueOrDefault,
        };
    }

    [GeneratedRegex(
        @"^\| `(?<setting>[a-z0-9_]+)` \| (?:`(?<variable>[A-Z0-9_]+)`)? *\|",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Row();
}

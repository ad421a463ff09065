using Lading.Aws;
using Lading.Aws.Credentials;
using Lading.Http;
using Lading.Testing;

namespace Lading.Tests.Aws;

public sealed class FindingCredentials : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly Dictionary<string, string> variables = new() { ["AWS_EC2_METADATA_DISABLED"] = "true" };

    public FindingCredentials()
    {
        var file = folder.Combine("credentials");
        File.WriteAllText(
            file,
            "[lading-tests-dev]\naws_access_key_id = AKIADEV\naws_secret_access_key = secret\n"
                + "[lading-tests-prod]\naws_access_key_id = AKIAPROD\naws_secret_access_key = secret\n"
        );
        variables["AWS_SHARED_CREDENTIALS_FILE"] = file;
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_profile_of_the_environment_wins_over_variables()
    {
        GiveKeys();

        var login = await RunAsync(Settings("lading-tests-dev"));

        Assert.Equal((LoginKind.Keys, "lading-tests-dev"), (login.Kind, login.Profile));
        Assert.Equal("AKIADEV", await KeyAsync(login));
    }

    [Fact]
    public async Task Takes_the_credentials_of_the_job_if_there_is_no_such_profile()
    {
        GiveKeys();

        var login = await RunAsync(Settings("lading-tests-nobody"));

        Assert.Equal((LoginKind.Variables, null), (login.Kind, login.Profile));
        Assert.Equal("AKIAGIVEN", await KeyAsync(login));
    }

    [Fact]
    public async Task A_web_identity_counts_as_credentials_of_the_job()
    {
        variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = folder.Combine("token");
        variables["AWS_ROLE_ARN"] = "arn:aws:iam::111111111111:role/deploy";

        var login = await RunAsync(Settings("lading-tests-nobody"));

        Assert.Equal(LoginKind.WebIdentity, login.Kind);
    }

    [Fact]
    public async Task Another_profile_never_replaces_the_named_one()
    {
        variables["AWS_PROFILE"] = "lading-tests-prod";

        var failure = await Assert.ThrowsAsync<LadingException>(() => RunAsync(Settings("lading-tests-dve")));

        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Contains("names profile lading-tests-dve", failure.Message);
        Assert.Contains("lading-tests-dev", failure.Remedy);
    }

    [Fact]
    public async Task Without_a_profile_variables_win_over_AWS_PROFILE()
    {
        variables["AWS_PROFILE"] = "lading-tests-prod";
        var chosen = await RunAsync(Settings(null));
        GiveKeys();
        var given = await RunAsync(Settings(null));

        Assert.Equal("AKIAPROD", await KeyAsync(chosen));
        Assert.Equal("AKIAGIVEN", await KeyAsync(given));
    }

    [Fact]
    public async Task An_AWS_PROFILE_that_names_nothing_is_an_error_that_says_so()
    {
        variables["AWS_PROFILE"] = "lading-tests-nobody";

        var failure = await Assert.ThrowsAsync<LadingException>(() => RunAsync(Settings(null)));

        Assert.Contains("AWS_PROFILE names profile lading-tests-nobody", failure.Message);
    }

    private void GiveKeys()
    {
        variables["AWS_ACCESS_KEY_ID"] = "AKIAGIVEN";
        variables["AWS_SECRET_ACCESS_KEY"] = "secret";
    }

    [Theory]
    [InlineData("dev", "for environment dev", "\"profile\" of environment dev in lading.json, or AWS_PROFILE")]
    [InlineData("111111111111.dkr.ecr.eu-west-1.amazonaws.com", "for 111111111111.dkr", "name a profile: AWS_PROFILE.")]
    public void A_registry_named_on_the_command_line_is_not_an_environment(string name, string attempted, string remedy)
    {
        var failure = CredentialFailure.None(Settings(null) with { Environment = name });

        Assert.Contains(attempted, failure.Attempted);
        Assert.Contains(remedy, failure.Remedy);
    }

    private static async Task<AwsLogin> RunAsync(AwsSettings settings)
    {
        using var http = HttpConnections.Create(ProxyResolver.None);
        return await CredentialSearch.RunAsync(settings, http);
    }

    private AwsSettings Settings(string? profile) =>
        new()
        {
            Environment = "dev",
            Account = "111111111111",
            Region = "eu-west-1",
            Profile = profile,
            Variable = name => variables.GetValueOrDefault(name),
        };

    private static async Task<string> KeyAsync(AwsLogin login) =>
        (await login.Credentials.GetCredentialsAsync()).AccessKey;
}

using System.Text;
using Lading.Registry.Credentials;
using Lading.Testing;

namespace Lading.Tests.Registry;

/// <summary>The logins of the user's own tools, in the files and helpers of those tools.</summary>
public sealed class FindingLogins : IDisposable
{
    private readonly TestFolder home = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => home.Dispose();

    [Theory]
    [InlineData("registry.example", "registry.example")]
    [InlineData("registry.example:5000", "registry.example:5000")]
    [InlineData("https://registry.example", "registry.example")]
    [InlineData("https://registry.example/v1/", "registry.example")]
    [InlineData("https://index.docker.io/v1/", "docker.io")]
    public async Task A_login_is_found_under_the_names_that_tools_use(string name, string host)
    {
        Write(".docker/config.json", $$$$"""{"auths":{"{{{{name}}}}":{"auth":"{{{{Encoded("ada:se:cret")}}}}"}}}""");

        var login = await FindAsync(host);

        Assert.Equal(("ada", "se:cret"), (login?.User, login?.Password));
    }

    [Theory]
    [InlineData("other.example")]
    [InlineData("registry.example:5001")]
    [InlineData("xregistry.example")]
    public async Task A_login_of_another_host_is_not_used(string host)
    {
        Write(".docker/config.json", $$$$"""{"auths":{"registry.example":{"auth":"{{{{Encoded("ada:secret")}}}}"}}}""");

        Assert.Null(await FindAsync(host));
    }

    [Fact]
    public async Task A_refresh_token_is_a_login()
    {
        Write(".docker/config.json", """{"auths":{"registry.example":{"identitytoken":"refresh"}}}""");

        Assert.Equal("refresh", (await FindAsync("registry.example"))?.IdentityToken);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""{"auths":null}""")]
    [InlineData("""{"auths":{"registry.example":{}}}""")]
    [InlineData("""{"auths":{"registry.example":{"auth":"%%%"}}}""")]
    [InlineData("""{"auths":{"registry.example":{"auth":"YWRh"}}}""")]
    [InlineData("""{"auths":{"registry.example":{"auth":7}}}""")]
    [InlineData("""{"credsStore":7,"credHelpers":{"registry.example":null}}""")]
    public async Task Text_that_is_not_a_login_is_ignored(string configuration)
    {
        Write(".docker/config.json", configuration);

        Assert.Null(await FindAsync("registry.example"));
    }

    [Fact]
    public async Task A_file_that_is_not_JSON_is_reported_without_its_content()
    {
        Write(".docker/config.json", """{"auths": my-secret""");

        var failure = await Assert.ThrowsAsync<LadingException>(() => FindAsync("registry.example"));

        Assert.DoesNotContain("my-secret", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("config.json", failure.Attempted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Podmans_file_is_read_if_Dockers_has_no_login()
    {
        Write(".docker/config.json", """{"auths":{}}""");
        Write(
            ".config/containers/auth.json",
            $$$$"""{"auths":{"registry.example":{"auth":"{{{{Encoded("ada:secret")}}}}"}}}"""
        );

        Assert.Equal("ada", (await FindAsync("registry.example"))?.User);
    }

    [Theory]
    [InlineData("""{"credsStore":"lading-test"}""")]
    [InlineData("""{"credHelpers":{"registry.example":"lading-test"}}""")]
    [InlineData("""{"credsStore":"other","credHelpers":{"registry.example":"lading-test"}}""")]
    public async Task A_helper_is_asked_by_the_name_of_the_host(string configuration)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The helper is a shell script.");
        Write(".docker/config.json", configuration);
        using var helper = new HelperOnPath(
            "docker-credential-lading-test",
            """
            [ "$1" = get ] || exit 1
            read -r name
            echo "{\"ServerURL\":\"$name\",\"Username\":\"ada\",\"Secret\":\"for $name\"}"
            """
        );

        Assert.Equal("for registry.example", (await FindAsync("registry.example"))?.Password);
    }

    [Theory]
    [InlineData("credentials not found in native keychain", null)]
    [InlineData("the keychain is locked", "failed (exit code 1): the keychain is locked")]
    [InlineData("", "failed (exit code 1): it said nothing")]
    public async Task A_helper_that_fails_is_not_mistaken_for_one_without_a_login(string words, string? said)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The helper is a shell script.");
        using var helper = new HelperOnPath("docker-credential-lading-test", $"cat >/dev/null; echo '{words}'; exit 1");

        await AssertSaidAsync(said);
    }

    [Theory]
    [InlineData("echo secret-garbage", "something that is not a login")]
    [InlineData("echo '{}'", "something that is not a login")]
    [InlineData("echo '[1]'", "something that is not a login")]
    public async Task Never_repeats_output_of_a_helper_that_is_not_a_login(string script, string said)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The helper is a shell script.");
        using var helper = new HelperOnPath("docker-credential-lading-test", "cat >/dev/null; " + script);

        await AssertSaidAsync(said);
    }

    [Fact]
    public async Task A_missing_helper_is_reported_with_the_file_that_names_it() =>
        await AssertSaidAsync("docker-credential-lading-test is not on the PATH, or not executable");

    [Fact]
    public async Task A_helper_that_does_not_answer_is_killed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The helper is a shell script.");
        using var helper = new HelperOnPath("docker-credential-lading-test", "exec sleep 600");

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            new CredentialHelper("lading-test", "config.json") { Limit = TimeSpan.FromMilliseconds(200) }.FindAsync(
                "registry.example",
                Cancelled
            )
        );

        Assert.Contains("did not answer within", failure.CameBack, StringComparison.Ordinal);
    }

    private async Task AssertSaidAsync(string? said)
    {
        Write(".docker/config.json", """{"credsStore":"lading-test"}""");
        if (said is null)
        {
            Assert.Null(await FindAsync("registry.example"));
            return;
        }

        var failure = await Assert.ThrowsAsync<LadingException>(() => FindAsync("registry.example"));

        Assert.Contains(said, failure.CameBack, StringComparison.Ordinal);
        Assert.Contains("config.json", failure.CameBack, StringComparison.Ordinal);
        Assert.Contains("docker-credential-lading-test get", failure.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private Task<RegistryLogin?> FindAsync(string host) =>
        DockerConfiguration.OfUser(_ => null, home.Path).FindAsync(host, renew: false, Cancelled);

    private void Write(string path, string text)
    {
        var file = home.Combine(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}

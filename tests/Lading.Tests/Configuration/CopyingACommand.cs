using System.Diagnostics;
using Lading.Aws.Credentials;
using Lading.Aws.Diagnosis;
using Lading.Configuration;

namespace Lading.Tests.Configuration;

/// <summary>Commands in messages reach a shell as they are meant, whatever a profile or folder is called.</summary>
public sealed class CopyingACommand
{
    [Theory]
    [InlineData("storefront-prod", "storefront-prod")]
    [InlineData("src/web/später", "src/web/später")]
    [InlineData("my profile", "\"my profile\"")]
    [InlineData("Anna's", "\"Anna's\"")]
    [InlineData("~", "\"~\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("", "\"\"")]
    [InlineData(@"C:\My locks\dev.json", "\"C:\\My locks\\dev.json\"")]
    [InlineData("a$b", "'a$b'")]
    [InlineData("hey!", "'hey!'")]
    [InlineData("say \"hi\"", "'say \"hi\"'")]
    [InlineData("Anna's $HOME", @"'Anna'\''s $HOME'")]
    [InlineData(@"\\host\share", @"'\\host\share'")]
    public async Task An_argument_is_quoted_only_if_a_shell_would_change_it(string text, string expected)
    {
        Assert.Equal(expected, ShellArgument.Of(text));
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no POSIX shell.");

        Assert.Equal(text + "|", await PrintedByShellAsync($"printf '%s|' {ShellArgument.Of(text)}"));
    }

    [Fact]
    public void A_profile_with_a_space_reaches_the_AWS_CLI_and_cdk_as_one_argument()
    {
        Assert.Equal(" --region eu-central-1 --profile \"my profile\"", AwsCliOptions.Of("eu-central-1", "my profile"));
        Assert.Equal(
            "Run 'aws sso login --profile \"my profile\"'.",
            new AwsLogin(LoginKind.SingleSignOn, "profile my profile", null!) { LoginProfile = "my profile" }.Renewal
        );
        Assert.Equal(
            "cdk bootstrap aws://111111111111/eu-central-1 --profile \"my profile\"",
            BootstrapCheck.CommandFor("111111111111", "eu-central-1", "hnb659fds", "my profile")
        );
    }

    [Fact]
    public void A_profile_with_a_space_reaches_Lading_as_one_argument() =>
        Assert.Equal(
            "--account 111111111111 --profile \"my profile\" --region eu-central-1",
            EnvironmentDefinition.SelectorOf("111111111111", "eu-central-1", "my profile")
        );

    private static async Task<string> PrintedByShellAsync(string command)
    {
        using var shell = Process.Start(
            new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true, UseShellExecute = false }
        )!;
        return await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}

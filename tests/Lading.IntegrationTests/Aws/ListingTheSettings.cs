using System.Text.RegularExpressions;
using Lading.Processes;
using Lading.Testing;

namespace Lading.IntegrationTests.Aws;

/// <summary>The table in docs/aws.md is complete, and each of its rows is tested.</summary>
public sealed partial class ListingTheSettings
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_setting_of_the_page_has_a_case_and_every_setting_of_the_CLI_is_on_the_page()
    {
        var page = await File.ReadAllTextAsync(SourceTree.PathOf("docs/aws.md"), Cancelled);
        var cases = SettingCases.All.SelectMany(each => each.Settings.Split(' ')).ToHashSet(StringComparer.Ordinal);
        var read = page[
            page.IndexOf("## Settings", StringComparison.Ordinal)..page.IndexOf(
                "## What Lading does not read",
                StringComparison.Ordinal
            )
        ];

        // These have tests of their own: the hosts of AWS, and a login that needs a browser.
        string[] elsewhere =
        [
            "use_fips_endpoint",
            "AWS_USE_FIPS_ENDPOINT",
            "use_dualstack_endpoint",
            "AWS_USE_DUALSTACK_ENDPOINT",
            "ignore_configured_endpoint_urls",
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
            "login_session",
        ];
        var rows = Row()
            .Matches(read)
            .SelectMany(row => Name().Matches(string.Join('|', row.Value.Split('|')[..3])))
            .Select(name => name.Groups["name"].Value);
        Assert.Empty(rows.Except(cases).Except(elsewhere));

        Requires.Program("python3", "Install Python 3.");
        var known = await ProgramRunner.RunAsync(
            new ProgramCall(
                "python3",
                "-c",
                "import botocore.configprovider as c\nfor names in c.BOTOCORE_DEFAUT_SESSION_VARIABLES.values():\n  print(names[0] or '')"
            ),
            ReadOnlyMemory<byte>.Empty,
            Cancelled
        );
        Assert.SkipWhen(known.ExitCode != 0, "The AWS CLI's library is not importable here.");
        var listed = Name().Matches(page).Select(name => name.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(known.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Except(listed));
    }

    [GeneratedRegex(@"^\|.*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Row();

    [GeneratedRegex(
        "`(?<name>[a-z0-9_]{5,}|AWS_[A-Z0-9_]+)`",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Name();
}

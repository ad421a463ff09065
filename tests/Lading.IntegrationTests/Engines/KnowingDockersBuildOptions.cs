using System.Text.RegularExpressions;
using Lading.Cli.Docker;
using Lading.Testing;

namespace Lading.IntegrationTests.Engines;

/// <summary>The docker of this machine, and its buildx where it has one, say what options they take: Lading knows each.</summary>
public partial class KnowingDockersBuildOptions(ContainerEngines engines)
{
    [Fact]
    public async Task Each_option_that_docker_says_it_has_is_known()
    {
        await engines.RequireAsync("docker");

        var help = await ContainerEngines.RunAsync("docker", "build", "--help");
        var options = Option().Matches(help).Select(match => match.Groups["name"].Value).ToList();

        Assert.Contains("--tag", options);
        Assert.All(options, option => Assert.NotNull(BuildOptions.Find(option)));
    }

    [GeneratedRegex(
        @"^ +(?:-\w, )?(?<name>--[a-z-]+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Option();
}

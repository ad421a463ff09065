using System.Text.RegularExpressions;
using Lading.Cli.Docker;
using Lading.Testing;

namespace Lading.IntegrationTests.Engines;

/// <summary>Lading knows each option that the docker of this machine lists, and its buildx if it has one.</summary>
public partial class KnowingDockersBuildOptions(ContainerEngines engines)
{
    [Fact]
    public async Task Each_option_that_docker_lists_is_known()
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

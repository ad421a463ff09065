using Lading.Configuration;
using Lading.Diagnosis;
using Lading.Diagnosis.Checkout;
using Lading.Diagnosis.Tools;
using Lading.Processes;

namespace Lading.Tests.Diagnosis;

/// <summary>Each decision about the machine, passing and failing, from facts alone.</summary>
public sealed class DecidingAboutTools
{
    private static readonly DateOnly Today = new(2026, 11, 29);

    [Theory]
    [InlineData(null, "Broken")]
    [InlineData("git version 2.35.9", "Broken")]
    [InlineData("git version 2.36.0", "Fine")]
    [InlineData("git version 2.39.5 (Apple Git-154)", "Fine")]
    [InlineData("git version 2.45.1.windows.1", "Fine")]
    [InlineData("something", "Unknown")]
    public void Git(string? said, string expected) => Is(expected, GitVersionCheck.Decide(said));

    [Theory]
    [InlineData(null, true, "Broken")]
    [InlineData(null, false, "Fine")]
    [InlineData("v16.20.2", true, "Broken")]
    [InlineData("v18.20.0", true, "Warning")]
    [InlineData("v20.19.0", true, "Warning")]
    [InlineData("v21.0.0", true, "Warning")]
    [InlineData("v22.1.0", true, "Fine")]
    [InlineData("v24.1.0", true, "Fine")]
    [InlineData("v28.1.0", true, "Fine")]
    [InlineData("node", true, "Unknown")]
    public void Node(string? said, bool isNeeded, string expected) =>
        Is(expected, NodeCheck.Decide(said, isNeeded, Today));

    [Fact]
    public void The_remedy_for_Node_names_a_release_that_will_last() =>
        Assert.Contains(
            "install Node 24",
            NodeCheck.Decide("v20.1.0", true, new DateOnly(2026, 12, 1)).Remedy,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(0, "10.0.401", "", "Fine")]
    [InlineData(0, "6.0.100", "", "Broken")]
    [InlineData(145, "", "A compatible .NET SDK was not found.\n\nRequested SDK version: 99.0.100", "Broken")]
    public void Dotnet(int exitCode, string output, string error, string expected) =>
        Is(
            expected,
            DotnetCheck.Decide(new ProgramResult(exitCode, System.Text.Encoding.UTF8.GetBytes(output), error))
        );

    [Fact]
    public void A_missing_dotnet() => Is("Broken", DotnetCheck.Decide(null));

    [Theory]
    [InlineData("0.4.0", "Fine")]
    [InlineData("0.4.0 0.4.0", "Fine")]
    [InlineData("0.4.0 0.3.1", "Warning")]
    [InlineData("", "Fine")]
    public void Several_programs(string versions, string expected) =>
        Is(
            expected,
            LadingPathCheck.Decide([
                .. versions
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select((version, i) => new LadingPathCheck.FoundProgram($"/bin{i}/lading", version)),
            ])
        );

    [Theory]
    [InlineData(null, "Fine")]
    [InlineData(">=0.4", "Fine")]
    [InlineData(">=99.0", "Broken")]
    [InlineData("nonsense", "Fine")]
    public void A_required_version(string? required, string expected) =>
        Is(
            expected,
            LadingVersionCheck.Decide(required, new InstalledProgram(new Version(0, 4, 1), "/usr/bin/lading"))
        );

    [Theory]
    [InlineData("node_modules/aws-cdk 2.1148.1", "Fine")]
    [InlineData("node_modules/aws-cdk 3.0.0", "Broken")]
    [InlineData("package.json ^2.1000.0", "Fine")]
    [InlineData("package.json latest", "Warning")]
    [InlineData("package.json ^3.0.0", "Warning")]
    [InlineData("package.json >=2.0.0", "Warning")]
    [InlineData("package.json 3.0.0", "Warning")]
    public void The_accident(string mention, string expected)
    {
        var (origin, version) = (mention.Split(' ')[0], mention.Split(' ')[1]);

        Is(
            expected,
            CdkAccidentCheck.Decide([new CdkAccidentCheck.CdkMention(origin, version, origin == "package.json")])
        );
    }

    [Theory]
    [InlineData("2.1148.1", 55, 55, "2.1148.1", "Fine")]
    [InlineData("2.1148.1", 55, 56, "2.1148.1", "Broken")]
    [InlineData("2.1000.1", 55, 40, "2.1148.1", "Fine")]
    [InlineData("2.1000.1", null, 40, "2.1148.1", "Warning")]
    [InlineData("2.1000.1", 55, null, "2.1148.1", "Warning")]
    [InlineData("2.1000.1", null, 40, null, "Fine")]
    [InlineData("2.1000.1", 40, null, null, "Fine")]
    [InlineData(null, null, null, null, "Unknown")]
    public void The_command_line(string? program, int? reads, int? written, string? wanted, string expected) =>
        Is(
            expected,
            CdkVersionCheck.Decide(
                new CdkVersionCheck.CdkFacts
                {
                    Program = program is null ? null : Version.Parse(program),
                    Reads = reads,
                    Written = written,
                    Wanted = wanted is null ? null : Version.Parse(wanted),
                }
            )
        );

    [Theory]
    [InlineData(true, null, 2, "Fine")]
    [InlineData(true, "Cannot connect", 2, "Broken")]
    [InlineData(true, "Cannot connect", 0, "Fine")]
    [InlineData(false, null, 1, "Broken")]
    [InlineData(false, null, 0, "Fine")]
    [InlineData(false, null, null, "Warning")]
    public void An_engine(bool isInstalled, string? trouble, int? built, string expected) =>
        Is(expected, EngineCheck.Decide([new EngineCheck.EngineAnswer("docker", isInstalled, trouble)], null, built));

    [Theory]
    [InlineData(true, null, true, "Fine")]
    [InlineData(true, null, false, "Warning")]
    [InlineData(true, "Cannot connect", false, "Unknown")]
    [InlineData(false, null, false, "Fine")]
    public void BuildKit(bool isInstalled, string? trouble, bool hasBuildKit, string expected) =>
        Is(expected, BuildKitCheck.Decide(isInstalled, trouble, hasBuildKit));

    [Theory]
    [InlineData("", "Fine")]
    [InlineData("HTTPS_PROXY=http://proxy:3128", "Warning")]
    [InlineData("HTTPS_PROXY=http://proxy:3128 NO_PROXY=169.254.0.0/16,localhost,127.0.0.0/8", "Fine")]
    [InlineData("HTTPS_PROXY=http://proxy:3128 NO_PROXY=169.254.169.254,localhost,127.0.0.1", "Warning")]
    [InlineData("HTTP_PROXY=ftp://proxy", "Broken")]
    [InlineData("NO_PROXY=localhost", "Fine")]
    public void Proxies(string variables, string expected)
    {
        var set = variables
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(each => each.Split('=')[0], each => each.Split('=')[1], StringComparer.Ordinal);

        Is(expected, ProxyCheck.Decide(set.GetValueOrDefault));
    }

    [Theory]
    [InlineData(0.5, "Broken")]
    [InlineData(3, "Warning")]
    [InlineData(50, "Fine")]
    public void Disk_space(double gigabytes, string expected) =>
        Is(expected, DiskCheck.Decide("/", "images", (long)(gigabytes * (1L << 30))));

    [Theory]
    [InlineData(false, null, "Fine")]
    [InlineData(true, true, "Fine")]
    [InlineData(true, false, "Warning")]
    [InlineData(true, null, "Unknown")]
    public void Ladings_own_folder(bool isThere, bool? isIgnored, string expected) =>
        Is(expected, OwnFolderCheck.Decide(isThere, isIgnored));

    [Fact]
    public void Staging_repositories() =>
        Is("Warning", StagingCheck.Decide([new StagingCheck.CountedRepository("Staging", "app/web", 3)]).Single());

    private static void Is(string expected, HealthFinding finding)
    {
        Assert.True(expected == finding.Severity.ToString(), $"{finding}, expected {expected}");
        // A problem without a remedy helps nobody.
        Assert.Equal(
            finding.Severity is Severity.Broken or Severity.Warning,
            finding.Remedy.Length > 0 && finding.Severity != Severity.Unknown
        );
        Assert.DoesNotContain('\n', finding.Text);
        Assert.False(finding.Text.EndsWith('.'), finding.Text);
    }
}

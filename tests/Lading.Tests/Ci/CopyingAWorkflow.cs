using System.Text.Json;
using System.Text.RegularExpressions;
using Lading.Testing;
using Lading.Tests.Configuration;

namespace Lading.Tests.Ci;

/// <summary>The files of docs/ci.md are complete, and mistakes that were found once do not return.</summary>
public sealed partial class CopyingAWorkflow
{
    private static readonly JsonElement Schema = SchemaValidator.Parse(
        File.ReadAllBytes(SourceTree.PathOf("tests/Lading.Tests/Ci/workflow.schema.json"))
    );

    private static readonly string[] Environments = ["dev", "prod"];

    public static TheoryData<string> Workflows() =>
        [
            .. ((string[])["docs/ci/github", ".github/workflows"])
                .SelectMany(folder => Directory.EnumerateFiles(SourceTree.PathOf(folder), "*.yml"))
                .Select(path => Path.GetRelativePath(SourceTree.PathOf("."), path).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Workflows))]
    public async Task A_workflow_has_the_keys_that_GitHub_knows(string file)
    {
        var workflow = Assert.Single(await YamlFile.ReadAllAsync(SourceTree.PathOf(file)));

        Assert.True(new SchemaValidator(Schema).IsValid(workflow), file);
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public async Task A_job_deploys_to_its_environment_and_waits_only_for_that(string file)
    {
        foreach (var job in await JobsAsync(file))
        {
            var scripts = string.Join('\n', ScriptsOf(job));
            var named = Text(job, "environment");
            var used = EnvironmentOption().Matches(scripts).Select(match => match.Groups["name"].Value).Distinct();
            Assert.All(used, name => Assert.Contains(name, Environments));
            if (named is null || !scripts.Contains("lading", StringComparison.Ordinal))
            {
                continue;
            }

            Assert.Equal([named], used);
            if (scripts.Contains("lading deploy", StringComparison.Ordinal))
            {
                // With a single group, a pending approval would hold back dev.
                Assert.Equal($"deploy-{named}", Text(job, "concurrency"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public async Task A_job_installs_what_it_runs_and_an_image_is_built_on_its_own_platform(string file)
    {
        foreach (var job in await JobsAsync(file))
        {
            var scripts = ScriptsOf(job);
            var first = scripts.FindIndex(script => script.Contains("npx lading", StringComparison.Ordinal));
            if (first >= 0)
            {
                Assert.Contains("npm ci", scripts.Take(first));
            }

            if (scripts.Exists(script => script.Contains("--platform", StringComparison.Ordinal)))
            {
                Assert.Contains("linux/arm64') && 'ubuntu-24.04-arm'", Text(job, "runs-on"), StringComparison.Ordinal);
            }

            Assert.DoesNotContain(scripts, script => script.Contains("${{", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_GitLab_job_that_builds_has_a_daemon_and_a_client()
    {
        var file = Assert.Single(await YamlFile.ReadAllAsync(SourceTree.PathOf("docs/ci/gitlab/gitlab-ci.yml")));

        var docker = file.GetProperty(".docker");
        Assert.Contains("docker:", docker.GetProperty("services")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("docker.io", docker.GetProperty("before_script")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(".docker", Text(file.GetProperty("dev"), "extends"));
        foreach (var name in Environments)
        {
            var job = file.GetProperty(name);
            Assert.Equal((name, name), (Text(job, "environment"), Text(job, "resource_group")));
            // One of them runs in full against the stand-ins; the other differs only in the name.
            var script = Assert.Single(job.GetProperty("script").EnumerateArray()).GetString();
            Assert.Equal($"npx lading deploy --env {name} --summary summary.md -- --require-approval never", script);
        }
    }

    [Fact]
    public async Task The_component_uses_exactly_its_inputs()
    {
        var documents = await YamlFile.ReadAllAsync(SourceTree.PathOf("templates/deploy.yml"));

        var inputs = documents[0].GetProperty("spec").GetProperty("inputs").EnumerateObject().Select(each => each.Name);
        var used = ComponentInput()
            .Matches(documents[1].GetRawText())
            .Select(match => match.Groups["name"].Value)
            .Distinct();
        Assert.Equal(inputs.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_page_leads_to_every_file()
    {
        var page = File.ReadAllText(SourceTree.PathOf("docs/ci.md"));

        Assert.All(
            Directory.EnumerateFiles(SourceTree.PathOf("docs/ci"), "*.yml", SearchOption.AllDirectories),
            path =>
                Assert.Contains(
                    $"](ci/{Path.GetRelativePath(SourceTree.PathOf("docs/ci"), path).Replace('\\', '/')})",
                    page,
                    StringComparison.Ordinal
                )
        );
    }

    private static async Task<IReadOnlyList<JsonElement>> JobsAsync(string file) =>
        [
            .. (await YamlFile.ReadAllAsync(SourceTree.PathOf(file)))[0]
                .GetProperty("jobs")
                .EnumerateObject()
                .Select(job => job.Value),
        ];

    private static List<string> ScriptsOf(JsonElement job) =>
        [.. job.GetProperty("steps").EnumerateArray().Select(step => Text(step, "run")).OfType<string>()];

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    [GeneratedRegex(@"--env (?<name>[a-z]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex EnvironmentOption();

    [GeneratedRegex(
        @"\$\[\[ inputs\.(?<name>[a-z]+) \]\]",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex ComponentInput();
}

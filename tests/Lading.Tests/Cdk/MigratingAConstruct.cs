using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.CDK;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.ECS;
using Lading.Cdk;
using Lading.Oci;
using Lading.Testing;
using Lading.Tests.Locks;

namespace Lading.Tests.Cdk;

/// <summary>
/// Steps 1 and 3 for migrating from scripts, in <c>docs/migrating.md</c>, in C#: one construct replaces another.
/// </summary>
[Collection(JsiiCollection.Name)]
public sealed partial class MigratingAConstruct
{
    private static readonly string Page = File.ReadAllText(SourceTree.PathOf("docs/migrating.md"));

    [Theory]
    [InlineData(
        "## From the digest of `latest`",
        "latest",
        "sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
    )]
    [InlineData("## From the commit hash as a tag", "{commit}", "1111111111111111111111111111111111111111")]
    public void LadingImage_names_the_existing_repository_and_the_digest_in_the_lock(
        string section,
        string alias,
        string before
    )
    {
        var settings = JsonBlock().Match(Page, Page.IndexOf(section, StringComparison.Ordinal)).Groups["code"].Value;
        using var json = JsonDocument.Parse($"{{{settings}}}");
        Assert.Equal(alias, json.RootElement.GetProperty("aliases")[0].GetString());
        using var project = new CdkProject(
            $$"""{ "project": "shop", "environments": { "dev": { "account": "111111111111", "region": "ap-northeast-1" } }, {{settings}} }"""
        );
        var published = ALock.Image('a') with
        {
            Repository = json
                .RootElement.GetProperty("images")
                .GetProperty("web")
                .GetProperty("repository")
                .GetString()!,
        };
        project.WriteLock("dev", path: null, [("web", published)]);

        var one = ImageOf(
            project,
            stack => ContainerImage.FromEcrRepository(Repository.FromRepositoryName(stack, "Web", "legacy/web"), before)
        );
        var other = ImageOf(project, _ => new LadingImage("web"));

        var separator = before.StartsWith("sha256:", StringComparison.Ordinal) ? "@" : ":";
        Assert.Contains($"/legacy/web{separator}{before}", one, StringComparison.Ordinal);
        Assert.Contains($"/legacy/web@{published.Digest}", other, StringComparison.Ordinal);
        Assert.Contains("`new LadingImage(\"web\")`", Page, StringComparison.Ordinal);
    }

    private static string ImageOf(CdkProject project, Func<Stack, ContainerImage> create)
    {
        var stack = CdkProject.Stack(project.App(), "111111111111");
        new FargateTaskDefinition(stack, "Task").AddContainer(
            "web",
            new ContainerDefinitionOptions { Image = create(stack) }
        );
        return Assert.Single(CdkProject.Images(stack));
    }

    [GeneratedRegex(
        "```jsonc\n(?<code>.*?)```",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex JsonBlock();
}

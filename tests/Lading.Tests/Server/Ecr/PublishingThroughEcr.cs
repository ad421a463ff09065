using System.Text.Json;
using Lading.Testing;

namespace Lading.Tests.Server.Ecr;

/// <summary>
/// An AWS environment whose endpoint is the embedded registry: all the way through credentials, signatures, ECR and the
/// distribution protocol.
/// </summary>
public sealed class PublishingThroughEcr : EcrTests
{
    private IReadOnlyDictionary<string, string> Variables =>
        new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["AWS_ENDPOINT_URL"] = $"http://{Registry.Host}",
            ["AWS_ACCESS_KEY_ID"] = "testing",
            ["AWS_SECRET_ACCESS_KEY"] = "testing",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        };

    [Fact]
    public async Task A_publish_arrives_and_a_second_one_sends_nothing()
    {
        using var repository = await ProjectAsync(Account);
        var first = (await RunAsync(repository, "publish", "--env", "dev")).Succeeded();
        Assert.Contains("1 image", first.Error + first.Out);
        var described = await Ecr.CallAsync("DescribeRepositories", new { });
        var created = Assert.Single(described.GetProperty("repositories").EnumerateArray());
        Assert.Equal("storefront/site", created.GetProperty("repositoryName").GetString());
        Assert.Equal("IMMUTABLE_WITH_EXCLUSION", created.GetProperty("imageTagMutability").GetString());
        var images = await Ecr.CallAsync("DescribeImages", new { repositoryName = "storefront/site" });
        // The other image is the statement of its inputs, which has no tag.
        var image = Assert.Single(
            images.GetProperty("imageDetails").EnumerateArray(),
            each => each.TryGetProperty("imageTags", out _)
        );
        using var locked = JsonDocument.Parse(repository.Read(".lading/dev.lock.json"));
        Assert.Equal(
            locked.RootElement.GetProperty("images").GetProperty("site").GetProperty("digest").GetString(),
            image.GetProperty("imageDigest").GetString()
        );

        var plan = (await RunAsync(repository, "plan", "--env", "dev", "--output", "json")).Succeeded();
        Assert.Contains("\"action\":\"reuse\"", plan.Out.Replace(" ", ""));
        (await RunAsync(repository, "publish", "--env", "dev")).Succeeded();
    }

    [Fact]
    public async Task The_registrys_account_must_be_that_of_the_environment()
    {
        using var repository = await ProjectAsync("222222222222");
        var run = (await RunAsync(repository, "publish", "--env", "dev")).Failed(FailureKind.Usage);
        Assert.Contains(Account, run.Error);
        Assert.Contains("222222222222", run.Error);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("local")]
    public async Task A_private_base_is_pinned_and_built_on_with_the_same_credentials(string environment)
    {
        var digest = await PublishedBases.PutAsync(
            Registry.Store,
            "base/tool",
            "1",
            "2026-01-01T00:00:00Z",
            null,
            TestContext.Current.CancellationToken
        );
        var tool = $"{Account}.dkr.ecr.eu-west-1.amazonaws.com/base/tool:1";
        using var repository = await ProjectAsync(Account);
        repository.Write("lading.json", repository.Read("lading.json").Replace("scratch", tool));

        (await RunAsync(repository, "bases", "update", "--env", environment)).Succeeded();
        await repository.CommitAsync("Pin");
        (await RunAsync(repository, "publish", "--env", environment)).Succeeded();

        Assert.Contains(
            $"\"{tool}\": {{\n      \"digest\": \"{digest}\"",
            repository.Read("lading.bases.json"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("storefront/site")]
    [InlineData("site")]
    public async Task Reads_what_an_image_was_made_from(string name)
    {
        using var repository = await ProjectAsync(Account);
        (await RunAsync(repository, "publish", "--env", "dev")).Succeeded();
        using var locked = JsonDocument.Parse(repository.Read(".lading/dev.lock.json"));
        var digest = locked.RootElement.GetProperty("images").GetProperty("site").GetProperty("digest").GetString();

        var run = (
            await RunAsync(repository, "why", "--image", $"{name}@{digest}", "--env", "dev", "--files")
        ).Succeeded();

        Assert.Contains("site/index.html", run.Out, StringComparison.Ordinal);
    }

    private static async Task<TestRepository> ProjectAsync(string account)
    {
        var repository = await TestRepository.CreateAsync();
        repository
            .Write(
                "lading.json",
                $$"""
                {
                  "project": "storefront",
                  "images": { "site": { "assemble": { "base": "scratch", "copy": { "site/": "/srv/" } } } },
                  "environments": { "dev": { "account": "{{account}}", "region": "eu-west-1" } }
                }
                """
            )
            .Write("site/index.html", "<p>hello</p>");
        await repository.CommitAsync("Begin");
        return repository;
    }

    private Task<ToolRun> RunAsync(TestRepository repository, params IReadOnlyList<string> arguments) =>
        ToolRun.InAsync(repository.Folder, Variables, arguments);
}

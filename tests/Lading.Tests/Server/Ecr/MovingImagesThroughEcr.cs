using System.Text.Json;
using System.Text.RegularExpressions;
using Lading.Oci;
using Lading.Testing;

namespace Lading.Tests.Server.Ecr;

/// <summary>
/// <c>lading image</c> with an ECR address whose endpoint is the embedded registry: ECR's own API is used for what the
/// distribution protocol lacks.
/// </summary>
public sealed class MovingImagesThroughEcr : EcrTests
{
    private const string Secret = "s3cret-of-the-access-key";
    private const string Session = "s3cret-of-the-session";
    private const string Host = $"{Account}.dkr.ecr.eu-west-1.amazonaws.com";
    private const string Web = $"{Host}/shop/web";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private IReadOnlyDictionary<string, string> Variables =>
        new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = $"http://{Registry.Host}",
            ["AWS_ACCESS_KEY_ID"] = "testing",
            ["AWS_SECRET_ACCESS_KEY"] = Secret,
            ["AWS_SESSION_TOKEN"] = Session,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            ["DOCKER_CONFIG"] = "/nonexistent",
        };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Ecr.CallAsync("CreateRepository", new { repositoryName = "shop/web", imageTagMutability = "IMMUTABLE" });
        await Ecr.CallAsync("CreateRepository", new { repositoryName = "shop/copy" });
    }

    [Fact]
    public async Task An_image_is_pushed_tagged_listed_copied_and_deleted()
    {
        using var image = await GeneratedImage.CreateAsync(2, 1000, Cancelled);

        await RunAsync("push", $"oci:{image.Path}", $"{Web}:v1");
        await RunAsync("tag", $"{Web}:v1", "v1.0");
        await RunAsync("copy", $"{Web}:v1", $"{Host}/shop/copy:v1");
        Assert.Equal("v1\nv1.0\n", (await RunAsync("list", Web)).Out.ReplaceLineEndings("\n"));

        await RunAsync("delete", $"{Web}:v1");
        Assert.Equal("v1.0\n", (await RunAsync("list", Web)).Out.ReplaceLineEndings("\n"));
        await RunAsync("delete", $"{Web}@{image.Digest}");
        Assert.Equal("", (await RunAsync("list", Web)).Out);
        Assert.Equal(image.Digest, await DescribedAsync("shop/copy", "v1"));
    }

    [Fact]
    public async Task A_tag_that_cannot_move_is_reported_with_both_digests_and_a_repeated_push_does_nothing()
    {
        using var image = await GeneratedImage.CreateAsync(2, 1000, Cancelled);
        using var other = await GeneratedImage.CreateAsync(2, 1000, Cancelled, seed: 2);
        await RunAsync("push", $"oci:{image.Path}", $"{Web}:v1");

        var refused = (await TryAsync("push", $"oci:{other.Path}", $"{Web}:v1")).Failed(FailureKind.Failed);
        var again = await RunAsync("push", $"oci:{image.Path}", $"{Web}:v1", "--output", "json");

        Assert.Contains(image.Digest.ToString(), refused.Error, StringComparison.Ordinal);
        Assert.Contains(other.Digest.ToString(), refused.Error, StringComparison.Ordinal);
        Assert.True(again.Document().RootElement.GetProperty("alreadyThere").GetBoolean());
        Assert.Equal(image.Digest, await DescribedAsync("shop/web", "v1"));
    }

    [Fact]
    public async Task Blobs_are_looked_up_by_the_hundred()
    {
        using var image = await GeneratedImage.CreateAsync(130, 10, Cancelled);
        await RunAsync("push", $"oci:{image.Path}", $"{Web}:v1");

        var run = await RunAsync("copy", $"{Web}:v1", $"{Host}/shop/copy:v1", "--verbose");

        Assert.Equal(2, Regex.Count(run.Error, "ecr:BatchCheckLayerAvailability .* 200 in"));
        Assert.DoesNotMatch("HEAD .*/blobs/", run.Error);
        Assert.Equal(131, Regex.Count(run.Error, @"POST .*/blobs/uploads/\?… 201 "));
        Assert.Equal(1, Regex.Count(run.Error, "PUT "));
        Assert.Equal(image.Digest, await DescribedAsync("shop/copy", "v1"));
    }

    [Fact]
    public async Task Verbose_output_contains_no_secret()
    {
        using var image = await GeneratedImage.CreateAsync(2, 1000, Cancelled);
        var login = await Ecr.CallAsync("GetAuthorizationToken", new { });
        var token = login.GetProperty("authorizationData")[0].GetProperty("authorizationToken").GetString()!;

        var run = await RunAsync("push", $"oci:{image.Path}", $"{Web}:v1", "--verbose");

        Assert.Contains("ecr:GetAuthorizationToken", run.Error, StringComparison.Ordinal);
        Assert.Contains("PUT ", run.Error, StringComparison.Ordinal);
        foreach (var secret in (string[])[Secret, Session, token, "Signature=", "Basic ", "AWS4-"])
        {
            Assert.DoesNotContain(secret, run.Error + run.Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_platform_of_an_index_is_not_deleted_before_the_index()
    {
        using var index = await GeneratedIndex.CreateAsync(1, 1000, Cancelled);
        await RunAsync("push", $"oci:{index.Path}:multi", $"{Web}:v1");

        var refused = (await TryAsync("delete", $"{Web}@{index.Manifest.Children[0].Digest}")).Failed(
            FailureKind.Failed
        );
        Assert.Contains("ImageReferencedByManifestList", refused.Error, StringComparison.Ordinal);
        Assert.Contains("Delete the index that names it first.", refused.Error, StringComparison.Ordinal);

        await RunAsync("delete", $"{Web}@{index.Manifest.Digest}");
        await RunAsync("delete", $"{Web}@{index.Manifest.Children[0].Digest}");
    }

    [Fact]
    public async Task A_repository_that_does_not_exist_is_reported_as_such()
    {
        using var image = await GeneratedImage.CreateAsync(1, 1000, Cancelled);

        var read = (await TryAsync("inspect", $"{Host}/shop/none:v1")).Failed(FailureKind.Failed);
        var deleted = await RunAsync("delete", $"{Host}/shop/none:v1", "--output", "json");

        Assert.Contains("shop/none", read.Error, StringComparison.Ordinal);
        Assert.False(deleted.Document().RootElement.GetProperty("deleted").GetBoolean());
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    public async Task A_time_limit_that_is_not_a_number_of_seconds_is_refused(string patience)
    {
        var variables = new Dictionary<string, string>(Variables) { ["LADING_PATIENCE"] = patience };

        var run = await ToolRun.InAsync(Path.GetTempPath(), variables, ["image", "list", Web]);

        Assert.Contains(
            $"'{patience}' is not a number of seconds",
            run.Failed(FailureKind.Usage).Error,
            StringComparison.Ordinal
        );
    }

    private async Task<Digest> DescribedAsync(string repository, string tag)
    {
        JsonElement answer = await Ecr.CallAsync(
            "DescribeImages",
            new { repositoryName = repository, imageIds = new[] { new { imageTag = tag } } }
        );
        return Digest.Parse(answer.GetProperty("imageDetails")[0].GetProperty("imageDigest").GetString()!);
    }

    private Task<ToolRun> TryAsync(params string[] arguments) =>
        ToolRun.InAsync(Path.GetTempPath(), Variables, ["image", .. arguments]);

    private async Task<ToolRun> RunAsync(params string[] arguments) => (await TryAsync(arguments)).Succeeded();
}

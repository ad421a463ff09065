using System.Text.Json;
using Lading.Oci;
using Lading.Testing;
using Lading.Writer;

namespace Lading.IntegrationTests.Server;

public sealed class UsingTheAwsCli : IAsyncLifetime
{
    private AwsPrograms aws = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => aws = await AwsPrograms.StartAsync();

    public ValueTask DisposeAsync() => aws.DisposeAsync();

    [Fact]
    public async Task It_manages_a_repository_and_its_images()
    {
        Requires.Program("aws", "Install the AWS CLI: python3 -m pip install awscli");
        Assert.Contains(AwsPrograms.Account, await aws.RunAsync("aws", "sts", "get-caller-identity"));
        await EcrAsync("create-repository --repository-name team/app --image-tag-mutability IMMUTABLE");
        var layout = aws.Registry.Store.Open(RepositoryName.Parse("team/app"));
        for (var i = 0; i < 5; i++)
        {
            await new SmallImage($"image {i}").PutAsync(layout, Tag.Parse($"v{i}"), Cancellation);
        }

        // The CLI requests the pages itself.
        var described = await EcrAsync("describe-images --repository-name team/app --page-size 2");
        Assert.Equal(5, described.GetProperty("imageDetails").GetArrayLength());
        var one = await EcrAsync("describe-images --repository-name team/app --image-ids imageTag=v1");
        Assert.True(one.GetProperty("imageDetails")[0].TryGetProperty("imagePushedAt", out _));
        var got = await EcrAsync("batch-get-image --repository-name team/app --image-ids imageTag=v1");
        var image = Assert.Single(got.GetProperty("images").EnumerateArray());
        var manifest = image.GetProperty("imageManifest").GetString();
        await File.WriteAllTextAsync(aws.Folder.Combine("manifest.json"), manifest, Cancellation);
        await EcrAsync("put-image --repository-name team/app --image-tag again --image-manifest file://manifest.json");
        var deleted = await EcrAsync(
            "batch-delete-image --repository-name team/app --image-ids imageTag=v0 imageTag=none"
        );
        Assert.Equal("ImageNotFound", deleted.GetProperty("failures")[0].GetProperty("failureCode").GetString());
        var listed = await EcrAsync("list-images --repository-name team/app");
        Assert.Equal(
            ["again", "v1", "v2", "v3", "v4"],
            listed
                .GetProperty("imageIds")
                .EnumerateArray()
                .Select(id => id.GetProperty("imageTag").GetString())
                .Order(StringComparer.Ordinal)
        );
    }

    /// <summary>An operation, as typed on a command line.</summary>
    private async Task<JsonElement> EcrAsync(string command)
    {
        var text = await aws.RunAsync("aws", ["ecr", "--output", "json", .. command.Split(' ')]);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

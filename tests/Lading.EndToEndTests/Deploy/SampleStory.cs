using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lading.Locks;
using Lading.Oci;
using Lading.Records;
using Lading.Testing;
using Lading.Testing.Cloud;

namespace Lading.EndToEndTests.Deploy;

/// <summary>What a team does with the sample, whatever the language of its app: deploy, change, go back, promote.</summary>
internal sealed class SampleStory(DeployedApp app)
{
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        var first = (await app.DeployAsync()).Succeeded();
        Assert.Contains(
            "Storefront · 2 images ok · to dev (111111111111, ap-northeast-1)",
            first.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("dev is up to date: Storefront", first.Out, StringComparison.Ordinal);
        Assert.Contains("2 of 2 services in dev run what is pinned", first.Out, StringComparison.Ordinal);
        var before = Template();
        var lockBefore = Lock("dev");

        // Nothing to do: CDK says so, and sees no difference.
        var again = (await app.DeployAsync()).Succeeded();
        Assert.Contains("2 images · 2 reused · nothing sent", again.Error, StringComparison.Ordinal);
        Assert.Contains("Storefront (no changes)", again.Error, StringComparison.Ordinal);
        Assert.Equal(before, Template());

        // One image changes: one task definition, and what records the deployment.
        app.Repository.Write("src/site/pages/news.txt", $"News\n\nThere is a new tea.\n");
        await app.Repository.CommitAsync("Add news");
        var changed = (await app.DeployAsync()).Succeeded();
        Assert.Contains("1 reused · 1 new", changed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("(no changes)", changed.Error, StringComparison.Ordinal);
        var changes = Differences(before, Template());
        Assert.Contains(changes, name => name.StartsWith("sitetask", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(changes, name => name.StartsWith("carts", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(lockBefore.Images["carts"].Digest, Lock("dev").Images["carts"].Digest);
        Assert.NotEqual(lockBefore.Images["site"].Digest, Lock("dev").Images["site"].Digest);

        // Rolled back from: refused as long as the lock has it.
        await RecordRollbackAsync(lockBefore.Images["site"], Lock("dev").Images["site"].Digest, cancellationToken);
        var refused = (await app.DeployAsync()).Failed(FailureKind.CheckFailed);
        Assert.Contains("Storefront was rolled back from it: git revert", refused.Out, StringComparison.Ordinal);

        // The commit reverted: the old digest, and nothing built.
        await app.Repository.GitAsync("revert", "--no-edit", "HEAD");
        var reverted = (await app.DeployAsync()).Succeeded();
        Assert.Contains("2 images · 2 reused · nothing sent", reverted.Error, StringComparison.Ordinal);
        Assert.Equal(before, Template());
        Assert.Equal(lockBefore.Images["site"].Digest, Lock("dev").Images["site"].Digest);
        var diff = (await app.CdkAsync("dev", "diff", "--app", "cdk.out", "--no-change-set")).Succeeded();
        Assert.Contains("There were no differences", diff.Error + diff.Out, StringComparison.Ordinal);

        // Promoted: the same bytes in the other account.
        var promoted = (await app.DeployAsync("prod", app.Variables())).Succeeded();
        Assert.Contains("prod is up to date: Storefront", promoted.Out, StringComparison.Ordinal);
        Assert.Contains(DeployedApp.Prod + ".dkr.ecr.", Template(), StringComparison.Ordinal);
        Assert.Equal(
            Lock("dev").Images.Select(image => (image.Key, image.Value.Digest)),
            Lock("prod").Images.Select(image => (image.Key, image.Value.Digest))
        );
        var there = app.Cloud[DeployedApp.Prod].Store.Open(RepositoryName.Parse("storefront/site"));
        Assert.NotNull(await there.FindManifestAsync(Lock("dev").Images["site"].Digest, cancellationToken));
    }

    /// <summary>What lading rollback leaves behind in the record of the stack.</summary>
    private async Task RecordRollbackAsync(LockedImage back, Digest from, CancellationToken cancellationToken)
    {
        var record = new StackRecord(
            "dev",
            new Dictionary<string, RecordedImage>
            {
                ["site"] = new($"{back.Repository}@{back.Digest}", ["task/site"]) { RolledBackFrom = [$"{from}"] },
            }
        );
        var input = new JsonObject
        {
            ["Name"] = StackRecord.ParameterOf("Storefront"),
            ["Value"] = RecordWriter.Write(record).Single(),
            ["Type"] = "String",
            ["Overwrite"] = true,
        };
        var account = app.Cloud[DeployedApp.Dev];
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, app.Cloud.Variables()["AWS_ENDPOINT_URL"])
        {
            Content = new StringContent(input.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.1"),
        };
        request.Headers.Add("X-Amz-Target", "AmazonSSM.PutParameter");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={account.AccessKey}/20260101/{TestCloud.Region}/ssm/aws4_request, SignedHeaders=host, Signature=0"
        );
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private string Template() =>
        File.ReadAllText(Path.Combine(app.Repository.Folder, "cdk.out", "Storefront.template.json"));

    private ImageLock Lock(string environment) => LockFile.Read(LockPath.For(app.Repository.Folder, environment));

    private static List<string> Differences(string one, string other)
    {
        using var before = JsonDocument.Parse(one);
        using var after = JsonDocument.Parse(other);
        var known = before
            .RootElement.GetProperty("Resources")
            .EnumerateObject()
            .ToDictionary(each => each.Name, each => each.Value.GetRawText(), StringComparer.Ordinal);
        return
        [
            .. after
                .RootElement.GetProperty("Resources")
                .EnumerateObject()
                .Where(each => known.GetValueOrDefault(each.Name) != each.Value.GetRawText())
                .Select(each => each.Name),
        ];
    }
}

using System.Text.Json;
using Lading.Locks;
using Lading.Oci;
using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>What a team does with the sample, in any language: deploy, change, roll back, promote.</summary>
/// <param name="app">The app.</param>
/// <param name="isWhole">
/// Whether to include what is the same in all languages: a deployment without changes, a dry run, and a diff.
/// </param>
internal sealed class SampleStory(DeployedApp app, bool isWhole)
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
        var good = await NewestReleaseAsync();

        if (isWhole)
        {
            // Nothing to do: CDK says so, and sees no difference.
            var again = (await app.DeployAsync()).Succeeded();
            Assert.Contains("2 images · 2 reused · nothing sent", again.Error, StringComparison.Ordinal);
            Assert.Contains("Storefront (no changes)", again.Error, StringComparison.Ordinal);
            Assert.Equal(before, Template());
        }

        // One image changes: one task definition, and the record of the deployment.
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

        // Something is wrong with it: rolled back from an empty folder, with the account's profile and nothing else.
        var running = Template();
        var back = (await app.RollbackAsync()).Succeeded();
        Assert.Matches(@"site +[0-9a-f]{12} +→ +[0-9a-f]{12} +in the registry, linux/amd64", back.Error);
        Assert.Contains($"Back on #{good} after ", back.Out, StringComparison.Ordinal);
        var wentBack = await app.Cloud.TemplateOfAsync(DeployedApp.Dev, "Storefront", cancellationToken);
        Assert.Equal(
            changes.Order(StringComparer.Ordinal),
            Differences(running, wentBack).Order(StringComparer.Ordinal)
        );
        Assert.Contains(
            app.Cloud.EcsOf(DeployedApp.Dev).Services,
            service =>
                service
                    .Definition.Images.GetValueOrDefault("site")
                    ?.EndsWith($"@{lockBefore.Images["site"].Digest}", StringComparison.Ordinal) == true
        );

        // The image that was rolled back from is refused as long as the lock has it.
        var refused = (await app.DeployAsync()).Failed(FailureKind.CheckFailed);
        Assert.Contains("Storefront was rolled back from it: git revert", refused.Out, StringComparison.Ordinal);
        if (isWhole)
        {
            var meant = await app.LadingAsync(
                "deploy",
                "--env",
                "dev",
                "--redeploy",
                "--dry-run",
                "--",
                "--no-notices"
            );
            Assert.Contains(
                "this is what deploying Storefront to dev would do",
                meant.Succeeded().Out,
                StringComparison.Ordinal
            );
        }

        // The commit is reverted: the old digest, without a build.
        await app.Repository.GitAsync("revert", "--no-edit", "HEAD");
        var reverted = (await app.DeployAsync()).Succeeded();
        Assert.Contains("2 images · 2 reused · nothing sent", reverted.Error, StringComparison.Ordinal);
        Assert.Equal(before, Template());
        Assert.Equal(lockBefore.Images["site"].Digest, Lock("dev").Images["site"].Digest);
        // Only the record was deployed, which forgets the image that was rolled back from.
        Assert.StartsWith("LadingRecord", Assert.Single(Differences(wentBack, Template())), StringComparison.Ordinal);
        if (isWhole)
        {
            var diff = (await app.CdkAsync("dev", "diff", "--app", "cdk.out", "--no-change-set")).Succeeded();
            Assert.Contains("There were no differences", diff.Error + diff.Out, StringComparison.Ordinal);
        }

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

    /// <summary>The number of the newest release: other tests in this cloud may have deployed the stack before.</summary>
    private async Task<string> NewestReleaseAsync()
    {
        var history = await app.LadingAsync("history", "Storefront", "--env", "dev", "--output", "json");
        using var document = history.Succeeded().Document();
        return document.RootElement.GetProperty("releases")[0].GetProperty("version").GetString()!;
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

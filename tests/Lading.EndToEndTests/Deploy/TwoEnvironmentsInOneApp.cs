using Lading.Layout;
using Lading.Locks;
using Lading.Oci;
using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>
/// One app with stacks of dev and prod, and image assets in a stage. Only dev is published. In each language.
/// </summary>
public abstract class TwoEnvironmentsInOneApp(DeployedApp app, ContainerEngines engines) : IAsyncLifetime
{
    private static readonly RepositoryName Assets = RepositoryName.Parse("storefront/assets");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Puts the app in place, and returns the command that starts it.</summary>
    private protected abstract string Prepare(DeployedApp app);

    public async ValueTask InitializeAsync()
    {
        await engines.RequireAsync("buildah");
        app.Repository.Write("staged/Dockerfile", "FROM scratch\nCOPY page /srv/page\n");
        app.Repository.Write("staged/page", "in a stage");
        await app.Repository.CommitAsync("Add an image asset");
        // With plain cdk, the repository must exist already.
        await app.Cloud[DeployedApp.Dev]
            .Store.CreateAsync(
                Assets,
                new RepositoryRecord
                {
                    Settings = RepositorySettings.ImmutableExcept(),
                    CreatedAt = TimeProvider.System.GetUtcNow(),
                },
                Cancelled
            );
    }

    public async ValueTask DisposeAsync()
    {
        await app.Repository.GitAsync("revert", "--no-edit", "HEAD");
        // Other tests of this cloud begin without assets too.
        await app.Cloud[DeployedApp.Dev].Store.DeleteAsync(Assets, withImages: true, Cancelled);
    }

    [Fact]
    public async Task With_only_dev_published_its_stacks_are_deployed_and_checked_and_prod_fails_on_its_own()
    {
        // Other tests may have published images, which a lock would still name.
        foreach (var path in ((string[])["dev", "prod"]).Select(name => LockPath.For(app.Repository.Folder, name)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Delete(path);
        }

        (await app.LadingAsync("publish", "site", "--env", "dev")).Succeeded();
        var variables = app.Variables();
        variables["LADING_ENGINE"] = "buildah";
        variables["CDK_DOCKER"] = "lading-docker";
        variables["LADING_DOCKER_FOLDER"] = Path.Combine(app.Repository.Folder, ".lading", "docker");

        var deployed = await app.CdkAsync(
            variables,
            [
                "deploy",
                "Dev",
                "Release/Assets",
                .. DeployedApp.Unasked,
                .. (string[])["--profile", "storefront-dev", "--app", Prepare(app), "--output", "both.out"],
                .. (string[])["-c", "environments=both"],
            ]
        );
        deployed.Succeeded();
        var check = (await app.LadingAsync("check", "--env", "dev", "--app", "both.out")).Succeeded();
        var prod = await app.CdkAsync("prod", "deploy", "Prod", "--app", "both.out");

        // Dev, and the asset in the stage: found, built, and pushed under its identity.
        Assert.DoesNotContain("Could not pin", deployed.Out + deployed.Error, StringComparison.Ordinal);
        var pushed = await app.Cloud[DeployedApp.Dev].Store.Open(Assets).ReadIndexAsync(Cancelled);
        var template = Assert.Single(
            Directory.GetFiles(Path.Combine(app.Repository.Folder, "both.out", "assembly-Release"), "*.template.json")
        );
        Assert.Contains(
            pushed.Tags,
            tag => File.ReadAllText(template).Contains($"/{Assets}:{tag.Name}\"", StringComparison.Ordinal)
        );

        // What belongs to prod is left to prod.
        Assert.Matches("Dev +main +storefront/site@sha256:[0-9a-f]{12}… +ok ", check.Out);
        Assert.Contains("not checked: Prod, of prod: lading check --env prod", check.Error, StringComparison.Ordinal);
        Assert.Equal(1, prod.ExitCode);
        Assert.Contains("Could not pin the images of stack Prod", prod.Out + prod.Error, StringComparison.Ordinal);
        Assert.Contains("lading publish --env prod", prod.Out + prod.Error, StringComparison.Ordinal);
    }
}

using System.Text.Json;
using Lading.Fingerprints;
using Lading.Layout;
using Lading.Oci;
using Lading.Testing;
using Lading.Testing.Cloud;

namespace Lading.EndToEndTests.Deploy;

/// <summary>
/// An app that uses <c>ContainerImage.FromAsset</c>, before and after a change of one line. In each language.
/// </summary>
public abstract class MovingAssets(DeployedApp app, ContainerEngines engines) : IAsyncLifetime
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Puts the app in place, and returns the command that starts it.</summary>
    private protected abstract string Prepare(DeployedApp app);

    private readonly RepositoryName bootstrap = RepositoryName.Parse(
        $"cdk-hnb659fds-container-assets-{DeployedApp.Dev}-{TestCloud.Region}"
    );

    private readonly RepositoryName assets = RepositoryName.Parse("storefront/assets");

    public async ValueTask InitializeAsync()
    {
        await engines.RequireAsync("buildah");
        app.Repository.Write("one/Dockerfile", "FROM scratch\nCOPY page /srv/page\n");
        app.Repository.Write("one/page", "one");
        app.Repository.Write("two/Dockerfile", "FROM scratch\nCOPY page /srv/page\n");
        app.Repository.Write("two/page", "two");
        // The bootstrap stack created it in moto, which does not hold the images here.
        await app.Cloud[DeployedApp.Dev]
            .Store.CreateAsync(
                bootstrap,
                new RepositoryRecord
                {
                    Settings = RepositorySettings.ImmutableExcept(),
                    CreatedAt = TimeProvider.System.GetUtcNow(),
                },
                Cancelled
            );
        // The first of them is also an image of lading.json.
        app.Repository.Write(
            "lading.json",
            app.Repository.Read("lading.json")
                .Replace(
                    "\"images\": {",
                    "\"images\": {\n    \"one\": { \"context\": \"one\" },",
                    StringComparison.Ordinal
                )
        );
        await app.Repository.CommitAsync("Add images that an engine builds");
    }

    public async ValueTask DisposeAsync()
    {
        app.Cloud.Heal();
        await app.Repository.GitAsync("revert", "--no-edit", "HEAD");
        // Other tests of this cloud begin without assets too.
        foreach (var repository in (RepositoryName[])[bootstrap, assets])
        {
            await app.Cloud[DeployedApp.Dev].Store.DeleteAsync(repository, withImages: true, Cancelled);
        }
    }

    [Fact]
    public async Task With_another_synthesizer_images_are_durable_and_published_ones_are_not_built()
    {
        var variables = app.Variables();
        variables["LADING_ENGINE"] = "buildah";
        variables["CDK_DOCKER"] = "lading-docker";
        variables["LADING_DOCKER_FOLDER"] = Path.Combine(app.Repository.Folder, ".lading", "docker");

        // As before: into the bootstrap's repository, under a hash, although lading-docker pushes it.
        var before = await DeployAsync(variables, "synthesizer=cdk");
        Assert.Contains("dev is up to date: Assets", before.Out, StringComparison.Ordinal);
        Assert.All(
            Images(),
            image => Assert.Contains("cdk-hnb659fds-container-assets-", image, StringComparison.Ordinal)
        );
        Assert.Equal(2, (await TagsAsync(bootstrap)).Count);

        Assert.Contains(app.Cloud.Calls, call => call is { Service: "ecr", IsByRole: true });

        // One line later: the published image by its digest, the other one under its identity.
        var calls = app.Cloud.Calls.Count;
        var after = await DeployAsync(variables, "synthesizer=lading");
        Assert.Contains("created repository storefront/assets", after.Error, StringComparison.Ordinal);
        var images = Images();
        Assert.Contains("/storefront/one@sha256:", images[0], StringComparison.Ordinal);
        Assert.Contains("/storefront/assets:src-", images[1], StringComparison.Ordinal);
        var tag = Assert.Single(await TagsAsync(assets));
        Assert.StartsWith(Fingerprint.SourceTagPrefix, tag.Name, StringComparison.Ordinal);
        Assert.Equal(2, (await TagsAsync(bootstrap)).Count);

        // Pushed with the caller's own credentials, which need only what is documented, and never with the bootstrap's
        // role.
        var asked = app.Cloud.Calls.Skip(calls).Where(call => call.Service == "ecr").ToList();
        Assert.DoesNotContain(asked, call => call.IsByRole);
        Assert.Empty(
            asked.Select(call => call.Action).Except(DocumentedPolicies.Under("`deploy`").Keys, StringComparer.Ordinal)
        );

        // Again: the image is already there.
        var pushes = Puts();
        var again = await DeployAsync(variables, "synthesizer=lading");
        Assert.Contains("Assets (no changes)", again.Error, StringComparison.Ordinal);
        Assert.Equal(pushes, Puts());
    }

    private int Puts() => app.Cloud[DeployedApp.Dev].Data.Count("PUT", "/manifests/");

    private async Task<ToolRun> DeployAsync(IReadOnlyDictionary<string, string?> variables, string context)
    {
        var run = await app.DeployAsync(
            "dev",
            variables,
            "--app",
            Prepare(app),
            "--output",
            "assets.out",
            "-c",
            context
        );
        return run.Succeeded();
    }

    private async Task<IReadOnlyList<Tag>> TagsAsync(RepositoryName name) =>
        (await app.Cloud[DeployedApp.Dev].Store.Open(name).ReadIndexAsync(Cancelled)).Tags;

    private List<string> Images()
    {
        using var template = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(app.Repository.Folder, "assets.out", "Assets.template.json"))
        );
        return
        [
            .. template
                .RootElement.GetProperty("Resources")
                .EnumerateObject()
                .Where(each => each.Value.GetProperty("Type").GetString() == "AWS::ECS::TaskDefinition")
                .OrderBy(each => each.Name, StringComparer.Ordinal)
                .Select(each =>
                    each.Value.GetProperty("Properties")
                        .GetProperty("ContainerDefinitions")[0]
                        .GetProperty("Image")
                        .GetRawText()
                ),
        ];
    }
}

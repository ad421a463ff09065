using System.Net;
using System.Text.Json;
using Lading.IntegrationTests.Interop;
using Lading.Layout;
using Lading.Locks;
using Lading.Oci;
using Lading.Provenance;
using Lading.Testing;
using Lading.Testing.Faults;

namespace Lading.IntegrationTests.Publishing;

/// <summary>Each published image has a statement beside it that says what it was made from.</summary>
public sealed class CarryingProvenance
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_statement_says_what_the_image_was_made_from()
    {
        using var project = await SmallProject.CreateAsync();
        await project.PublishAsync();
        var commit = await project.Repository.RunAsync("rev-parse HEAD");

        var (manifest, statement) = await FindAsync(new LayoutStore(project.Store), "shop/web", project.Locked("web"));

        Assert.Equal("application/vnd.in-toto+json", manifest.Document.ArtifactType);
        Assert.Equal(project.Locked("web"), manifest.Document.Subject!.Digest);
        var root = statement.RootElement;
        Assert.Equal("https://in-toto.io/Statement/v1", root.GetProperty("_type").GetString());
        Assert.Equal("https://slsa.dev/provenance/v1", root.GetProperty("predicateType").GetString());
        var subject = Assert.Single(root.GetProperty("subject").EnumerateArray());
        Assert.Equal("shop/web", subject.GetProperty("name").GetString());
        Assert.Equal(project.Locked("web").Hex, subject.GetProperty("digest").GetProperty("sha256").GetString());
        var definition = root.GetProperty("predicate").GetProperty("buildDefinition");
        Assert.Equal("urn:lading:image:1", definition.GetProperty("buildType").GetString());
        Assert.Equal("assemble", definition.GetProperty("externalParameters").GetProperty("kind").GetString());
        Assert.Equal(
            LockFile.Read(project.LockPath()).Images["web"].Fingerprint,
            definition.GetProperty("internalParameters").GetProperty("fingerprint").GetString()
        );
        Assert.Equal(
            [
                $"revision gitCommit {commit}",
                $"git:src/web/index.html gitBlob {await project.Repository.RunAsync("rev-parse HEAD:src/web/index.html")}",
                $"git:src/web/style/shop.css gitBlob {await project.Repository.RunAsync("rev-parse HEAD:src/web/style/shop.css")}",
            ],
            definition.GetProperty("resolvedDependencies").EnumerateArray().Select(Describe)
        );
        Assert.DoesNotContain("2026", statement.RootElement.GetRawText().Replace(commit, ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_machines_write_the_same_statement_for_the_same_image()
    {
        using var one = await SmallProject.CreateAsync();
        using var other = await one.CloneShallowAsync();
        await one.PublishAsync("web");
        await other.PublishAsync("web");

        var (first, _) = await FindAsync(new LayoutStore(one.Store), "shop/web", one.Locked("web"));
        var (second, _) = await FindAsync(new LayoutStore(other.Store), "shop/web", other.Locked("web"));

        Assert.Equal(first.Digest, second.Digest);
    }

    [Fact]
    public async Task A_publish_with_nothing_to_do_touches_no_statement()
    {
        await using var registry = await TestRegistry.StartAsync();
        using var project = await SmallProject.CreateAsync(registry.Host);
        await project.PublishAsync("--env", "shared");
        var before = Files(registry.Store);

        var again = (await project.LadingAsync("publish", "--env", "shared", "--verbose")).Succeeded();

        Assert.DoesNotContain("referrers", again.Error, StringComparison.Ordinal);
        Assert.Equal(before, Files(registry.Store));
    }

    [Fact]
    public async Task A_promotion_copies_it()
    {
        using var project = await SmallProject.CreateAsync();
        await project.PublishAsync();

        (await project.LadingAsync("promote", "local", "stage")).Succeeded();

        var local = await FindAsync(new LayoutStore(project.Store), "shop/site", project.Locked("site"));
        var stage = await FindAsync(new LayoutStore(project.Store + "-stage"), "shop/site", project.Locked("site"));
        Assert.Equal(local.Manifest.Digest, stage.Manifest.Digest);
    }

    [Theory]
    [InlineData(StartedRegistry.Distribution)]
    [InlineData(StartedRegistry.Embedded)]
    public async Task Any_registry_keeps_it_and_others_find_it(string which)
    {
        await using var registry = await StartedRegistry.StartAsync(which);
        using var project = await SmallProject.CreateAsync(registry.Host);
        await project.PublishAsync("--env", "shared");
        var digest = project.Locked("web", "shared");

        var listed = (
            await project.LadingAsync("image", "referrers", $"{registry.Host}/shop/web@{digest}", "-o", "json")
        ).Succeeded();

        var referrer = Assert.Single(listed.Document().RootElement.GetProperty("referrers").EnumerateArray());
        Assert.Equal("application/vnd.in-toto+json", referrer.GetProperty("artifactType").GetString());
        Assert.Equal(
            "https://slsa.dev/provenance/v1",
            referrer.GetProperty("annotations").GetProperty("in-toto.io/predicate-type").GetString()
        );
    }

    [Fact]
    public async Task An_image_whose_statement_cannot_be_kept_gets_no_tag()
    {
        await using var registry = await TestRegistry.StartAsync();
        await using var server = await FaultServer.StartAsync(registry.Host);
        using var project = await SmallProject.CreateAsync(server.Host);
        // The image itself comes first, then what refers to it.
        server.On(
            "PUT",
            "/manifests/sha256:",
            exchange => exchange.FailAsync(HttpStatusCode.Forbidden, "DENIED"),
            skip: 1
        );

        var run = (await project.LadingAsync("publish", "web", "--env", "shared")).Failed(FailureKind.Failed);

        var repository = registry.Store.Open(RepositoryName.Parse("shop/web"));
        Assert.Contains("Could not publish what refers to image web", run.Error, StringComparison.Ordinal);
        Assert.Empty(await repository.ListTagsAsync(Cancelled));

        (await project.LadingAsync("publish", "web", "--env", "shared", "--no-referrers")).Succeeded();

        Assert.Equal(2, (await repository.ListTagsAsync(Cancelled)).Count);
        Assert.Empty(await repository.ListReferrersAsync(project.Locked("web", "shared"), Cancelled));
    }

    [Fact]
    public async Task Mirrors_the_referrers_of_a_mirrored_image()
    {
        await using var registry = await TestRegistry.StartAsync();
        var digest = await PublishedBases.PutAsync(
            registry.Store,
            "proxy",
            "v2",
            "2026-01-01T00:00:00Z",
            null,
            Cancelled
        );
        var upstream = registry.Store.Open(RepositoryName.Parse("proxy"));
        var image = (await upstream.FindManifestContentAsync(digest, Cancelled))!;
        var note = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciManifest,
                ArtifactType = "application/vnd.example.signature",
                Config = image.Document.Config,
                Layers = [],
                Subject = image.Descriptor,
            }
        );
        await upstream.PutManifestAsync(note, null, Cancelled);
        var statement = note.Document with
        {
            ArtifactType = StatementArtifact.MediaType,
            Layers = [image.Document.Config!],
        };
        await upstream.PutManifestAsync(ManifestContent.Of(statement), null, Cancelled);
        using var project = await SmallProject.CreateAsync();
        project.Repository.Write(
            "lading.json",
            $$"""{ "project": "shop", "images": { "proxy": { "from": "{{registry.Host}}/proxy:v2" } } }"""
        );
        (await project.LadingAsync("bases", "update")).Succeeded();
        await project.Repository.CommitAsync("A sidecar");

        await project.PublishAsync();

        var mirrored = new LayoutStore(project.Store).Open(RepositoryName.Parse("shop/proxy"));
        var referrers = await mirrored.ListReferrersAsync(digest, Cancelled);
        Assert.Equal(
            ["application/vnd.example.signature", StatementArtifact.MediaType, StatementArtifact.MediaType],
            referrers.Select(each => each.ArtifactType).Order(StringComparer.Ordinal)
        );
        var inputs = await StatementArtifact.FindAsync(mirrored, digest, Cancelled);
        Assert.Equal(new BaseRecord($"{registry.Host}/proxy:v2", digest, IsPinned: true), Assert.Single(inputs!.Bases));
    }

    [Fact]
    public async Task An_unpinned_base_is_reported_and_its_digest_recorded()
    {
        await using var registry = await TestRegistry.StartAsync();
        var digest = await PublishedBases.PutAsync(
            registry.Store,
            "tool",
            "1",
            "2026-01-01T00:00:00Z",
            null,
            Cancelled
        );
        using var project = await SmallProject.CreateAsync();
        project.Repository.Write(
            "lading.json",
            $$"""
            { "project": "shop", "images": { "web": { "assemble": { "base": "{{registry.Host}}/tool:1", "copy": { "src/web/": "/srv/" } } } } }
            """
        );
        await project.Repository.CommitAsync("A base");

        var plan = (await project.LadingAsync("plan")).Succeeded();
        var run = (await project.LadingAsync("publish")).Succeeded();

        Assert.Contains(
            $"base {registry.Host}/tool:1 is unpinned (web): lading bases update",
            plan.Error,
            StringComparison.Ordinal
        );
        Assert.Contains($"is unpinned: built on {digest}, which it names now", run.Error, StringComparison.Ordinal);
        var store = new LayoutStore(project.Store).Open(RepositoryName.Parse("shop/web"));
        var inputs = await StatementArtifact.FindAsync(store, project.Locked("web"), Cancelled);
        Assert.Equal(new BaseRecord($"{registry.Host}/tool:1", digest, IsPinned: false), Assert.Single(inputs!.Bases));
    }

    [Fact]
    public async Task An_unpinned_base_is_named_once_with_the_images_that_use_it()
    {
        await using var registry = await TestRegistry.StartAsync();
        await PublishedBases.PutAsync(registry.Store, "tool", "1", "2026-01-01T00:00:00Z", null, Cancelled);
        using var project = await SmallProject.CreateAsync();
        var assembled = $$"""{ "assemble": { "base": "{{registry.Host}}/tool:1", "copy": { "src/web/": "/srv/" } } }""";
        project.Repository.Write(
            "lading.json",
            $$"""{ "project": "shop", "images": { "web": {{assembled}}, "api": {{assembled}} } }"""
        );
        await project.Repository.CommitAsync("A base");
        var named = $"base {registry.Host}/tool:1 is unpinned";

        var plan = (await project.LadingAsync("plan")).Succeeded();
        var publish = (await project.LadingAsync("publish")).Succeeded();
        var check = (await project.LadingAsync("check")).Succeeded();

        Assert.Contains($"{named} (api, web): lading bases update", plan.Error, StringComparison.Ordinal);
        Assert.Contains($"note: api, web: {named}: built on sha256:", publish.Error, StringComparison.Ordinal);
        Assert.Contains($"{named} (api, web): lading bases update", check.Error, StringComparison.Ordinal);
        Assert.All([plan, publish, check], run => Assert.Equal(2, run.Error.Split(named).Length));
    }

    private static async Task<(ManifestContent Manifest, JsonDocument Statement)> FindAsync(
        LayoutStore store,
        string repository,
        Digest image
    )
    {
        var layout = store.Open(RepositoryName.Parse(repository));
        var referrer = Assert.Single(await layout.ListReferrersAsync(image, Cancelled));
        var manifest = await layout.FindManifestContentAsync(referrer.Digest, Cancelled);
        var bytes = await layout.ReadBlobAsync(Assert.Single(manifest!.Document.Layers!), Cancelled);
        return (manifest, JsonDocument.Parse(bytes));
    }

    private static string Describe(JsonElement dependency)
    {
        var name = dependency.TryGetProperty("name", out var named) ? named : dependency.GetProperty("uri");
        var digest = Assert.Single(dependency.GetProperty("digest").EnumerateObject());
        return $"{name.GetString()} {digest.Name} {digest.Value.GetString()}";
    }

    private static List<string> Files(LayoutStore store) =>
        [.. Directory.EnumerateFiles(store.Directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}

using System.Text.Json;
using Lading.Oci;
using Lading.Testing;

namespace Lading.Tests.Bases;

/// <summary>A project of three images, whose bases are in a registry on loopback.</summary>
public sealed class KeepingBasesPinned : IAsyncLifetime
{
    private TestRegistry registry = null!;
    private TestRepository repository = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Tool => $"{registry.Host}/base/tool:1";

    private string Proxy => $"{registry.Host}/proxy:v2";

    public async ValueTask InitializeAsync()
    {
        registry = await TestRegistry.StartAsync();
        repository = await TestRepository.CreateAsync();
        repository
            .Write("web/Dockerfile", $"ARG VERSION=9\nFROM {registry.Host}/base/tool:${{VERSION}}\nCOPY . /srv\n")
            .Write(
                "lading.json",
                $$"""
                {
                  "project": "shop",
                  "images": {
                    "web": { "context": "web", "args": { "VERSION": "1" } },
                    "site": { "assemble": { "base": "{{Tool}}", "copy": { "web/": "/srv/" } } },
                    "proxy": { "from": "{{Proxy}}" }
                  }
                }
                """
            );
        await repository.CommitAsync("A shop");
    }

    public async ValueTask DisposeAsync()
    {
        repository.Dispose();
        await registry.DisposeAsync();
    }

    [Fact]
    public async Task Without_pins_they_are_unpinned_and_an_update_pins_them_all()
    {
        var (tool, proxy) = (await PutToolAsync("2026-02-01T00:00:00Z"), await PutProxyAsync("2026-01-01T00:00:00Z"));

        var before = (await LadingAsync("bases", "check", "-o", "json")).Failed(FailureKind.CheckFailed).Document();
        var update = (await LadingAsync("bases", "update")).Succeeded();
        var after = (await LadingAsync("bases", "check", "-o", "json")).Succeeded().Document();

        Assert.Equal(["floating", "floating"], Texts(before, "state"));
        Assert.Equal([tool.ToString(), proxy.ToString()], Texts(before, "current"));
        Assert.Equal("site web|proxy", ImagesOf(before));
        Assert.Contains(
            "Review the change of lading.bases.json and commit it.",
            update.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(["current", "current"], Texts(after, "state"));
        Assert.Equal(
            $$"""
            {
              "basesVersion": 2,
              "bases": {
                "{{Tool}}": {
                  "digest": "{{tool}}",
                  "onBuild": false,
                  "env": {}
                },
                "{{Proxy}}": {
                  "digest": "{{proxy}}",
                  "onBuild": false,
                  "env": {}
                }
              }
            }

            """,
            repository.Read("lading.bases.json")
        );
    }

    [Fact]
    public async Task A_second_update_changes_nothing()
    {
        await PutToolAsync("2026-02-01T00:00:00Z");
        await PutProxyAsync("2026-01-01T00:00:00Z");
        (await LadingAsync("bases", "update")).Succeeded();
        var pins = repository.Read("lading.bases.json");

        var again = (await LadingAsync("bases", "update")).Succeeded();

        Assert.Equal("  every pin is current\n", again.Out);
        Assert.Equal(pins, repository.Read("lading.bases.json"));
    }

    [Fact]
    public async Task One_that_moved_on_is_behind_until_it_is_updated_by_name()
    {
        var first = await PutToolAsync("2026-02-01T00:00:00Z");
        await PutProxyAsync("2026-01-01T00:00:00Z");
        (await LadingAsync("bases", "update")).Succeeded();
        var second = await PutToolAsync("2026-11-01T00:00:00Z");

        var check = (await LadingAsync("bases", "check")).Failed(FailureKind.CheckFailed);
        var list = (await LadingAsync("bases", "-o", "json")).Succeeded().Document();
        var update = (await LadingAsync("bases", "update", Tool, "-o", "json")).Succeeded().Document();

        Assert.Contains(
            $"{Tool}  sha256:{first.Short}…  behind; now sha256:{second.Short}…",
            check.Out,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(Proxy, check.Out, StringComparison.Ordinal);
        Assert.EndsWith("2 bases · 1 behind\n", check.Out, StringComparison.Ordinal);
        Assert.Equal(["behind", "current"], Texts(list, "state"));
        Assert.Equal(["2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z"], Texts(list, "created"));
        Assert.Equal(["2026-11-01T00:00:00Z", null], Texts(list, "currentCreated"));
        Assert.Equal([first.ToString()], Texts(update, "before"));
        Assert.Equal([second.ToString()], Texts(update, "after"));
        (await LadingAsync("bases", "check")).Succeeded();
    }

    [Fact]
    public async Task One_can_be_pinned_to_a_digest_that_its_tag_no_longer_points_to()
    {
        var first = await PutToolAsync("2026-02-01T00:00:00Z");
        await PutToolAsync("2026-11-01T00:00:00Z");

        (await LadingAsync("bases", "update", $"{Tool}@{first}")).Succeeded();

        Assert.Contains(first.ToString(), repository.Read("lading.bases.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pin_says_whether_an_image_has_ONBUILD_instructions()
    {
        await PublishedBases.PutIndexAsync(registry.Store, "base/tool", "1", Cancelled);
        await PutProxyAsync("2026-01-01T00:00:00Z");

        (await LadingAsync("bases", "update", Tool)).Succeeded();

        Assert.Contains("\"onBuild\": true", repository.Read("lading.bases.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pin_that_is_gone_differs_from_one_that_is_behind()
    {
        var first = await PutToolAsync("2026-02-01T00:00:00Z");
        await PutProxyAsync("2026-01-01T00:00:00Z");
        (await LadingAsync("bases", "update")).Succeeded();
        await PutToolAsync("2026-11-01T00:00:00Z");
        await registry.Store.Open(RepositoryName.Parse("base/tool")).DeleteAsync(first, Cancelled);

        var check = (await LadingAsync("bases", "check", "-o", "json")).Failed(FailureKind.CheckFailed).Document();

        Assert.Equal(["gone", "current"], Texts(check, "state"));
    }

    [Fact]
    public async Task A_base_that_cannot_be_found_fails_and_the_others_are_pinned()
    {
        var proxy = await PutProxyAsync("2026-01-01T00:00:00Z");
        (await LadingAsync("bases", "check", Tool)).Failed(FailureKind.CheckFailed);
        repository.Write(
            "lading.bases.json",
            $$"""{ "basesVersion": 1, "bases": { "{{Tool}}": { "digest": "{{proxy}}" } } }"""
        );

        var check = (await LadingAsync("bases", "check", Tool)).Failed(FailureKind.Failed);
        var update = (await LadingAsync("bases", "update")).Failed(FailureKind.Failed);

        Assert.Contains(
            $"Could not find image {Tool}: {registry.Host} has no such image",
            check.Error,
            StringComparison.Ordinal
        );
        Assert.Contains($"Could not find image {Tool}", update.Error, StringComparison.Ordinal);
        Assert.Contains(
            $"\"{Proxy}\": {{ \"digest\": \"{proxy}\"",
            repository.Read("lading.bases.json"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_unused_pin_is_reported_and_removed_on_request()
    {
        await PutToolAsync("2026-02-01T00:00:00Z");
        var proxy = await PutProxyAsync("2026-01-01T00:00:00Z");
        repository.Write(
            "lading.bases.json",
            $$"""{ "basesVersion": 1, "bases": { "left:1": { "digest": "{{proxy}}" } } }"""
        );

        var list = (await LadingAsync("bases")).Succeeded();
        (await LadingAsync("bases", "update", "--prune")).Succeeded();

        Assert.Contains("left:1 is pinned, but no image uses it", list.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("left:1", repository.Read("lading.bases.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_reference_is_reported_with_those_that_exist()
    {
        var run = (await LadingAsync("bases", "update", $"{registry.Host}/base/tol:1")).Failed(FailureKind.Usage);

        Assert.Contains($"no image in lading.json uses it. Did you mean {Tool}?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_without_new_images_needs_no_registry()
    {
        var fixedOne = $"tool@{Digest.OfBytes("tool"u8)}";
        repository
            .Write(
                "web/Dockerfile",
                $"FROM {fixedOne} AS one\nFROM localhost/mine:1\nARG X\nFROM a-$BUILDARCH\nCOPY --from=one / /\nCOPY --from=1 / /\n"
            )
            .Write("lading.json", """{ "project": "shop", "images": { "web": { "context": "web" } } }""");

        var list = (await LadingAsync("bases", "check", "-o", "json")).Failed(FailureKind.CheckFailed).Document();
        var named = (await LadingAsync("bases", "update", "localhost/mine:1")).Failed(FailureKind.Usage);

        Assert.Equal(
            ["a-$BUILDARCH variable", "localhost/mine:1 local", $"{fixedOne} fixed"],
            Texts(list, "reference").Zip(Texts(list, "state"), (a, b) => $"{a} {b}")
        );
        Assert.Contains(
            "it exists only in an engine on this machine. Push it to a registry",
            named.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Init_pins_what_it_can_reach_and_says_what_it_cannot()
    {
        var tool = await PutToolAsync("2026-02-01T00:00:00Z");
        repository.Write(
            "web/Dockerfile",
            $"FROM {Tool}\nCOPY --from=localhost/mine:1 / /\nCOPY --from={registry.Host}/no:1 / /\nCOPY . /srv\n"
        );
        File.Delete(Path.Combine(repository.Folder, "lading.json"));

        var run = (await LadingAsync("init")).Succeeded();

        Assert.Contains($"  pinned {Tool} in lading.bases.json\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("  localhost/mine:1 is unpinned: lading bases update\n", run.Error, StringComparison.Ordinal);
        Assert.Contains(
            $"  {registry.Host}/no:1 is unpinned ({registry.Host} has no such image",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(tool.ToString(), repository.Read("lading.bases.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reference_with_a_digest_is_inspected_so_that_only_copied_files_count()
    {
        var tool = await PutToolAsync("2026-02-01T00:00:00Z");
        var reference = $"{Tool}@{tool}";
        repository
            .Write("web/Dockerfile", $"FROM {reference}\nCOPY a.txt /\n")
            .Write("web/a.txt", "a\n")
            .Write("web/b.txt", "b\n")
            .Write("lading.json", """{ "project": "shop", "images": { "web": { "context": "web" } } }""");
        await repository.CommitAsync("A base by its digest");

        var list = (await LadingAsync("bases")).Succeeded();
        var plan = (await LadingAsync("plan", "--offline")).Succeeded();
        (await LadingAsync("bases", "update")).Succeeded();
        var updated = repository.Read("lading.bases.json");
        await repository.CommitAsync("Looked at");
        var after = (await LadingAsync("plan", "--offline", "-o", "json")).Succeeded();
        File.Delete(Path.Combine(repository.Folder, "lading.json"));
        File.Delete(Path.Combine(repository.Folder, "lading.bases.json"));
        (await LadingAsync("init")).Succeeded();

        Assert.Contains("not inspected", list.Out, StringComparison.Ordinal);
        Assert.Contains($"base {reference} was never inspected", plan.Error, StringComparison.Ordinal);
        Assert.Contains("\"inputs\": 1", after.Out, StringComparison.Ordinal);
        Assert.Contains(reference, updated, StringComparison.Ordinal);
        Assert.Equal(updated, repository.Read("lading.bases.json"));
    }

    private static IEnumerable<string?> Texts(JsonDocument document, string key) =>
        document.RootElement.GetProperty("bases").EnumerateArray().Select(each => each.GetProperty(key).GetString());

    private static string ImagesOf(JsonDocument document) =>
        string.Join(
            '|',
            document
                .RootElement.GetProperty("bases")
                .EnumerateArray()
                .Select(each => string.Join(' ', each.GetProperty("images").EnumerateArray()))
        );

    private Task<Digest> PutToolAsync(string created) =>
        PublishedBases.PutAsync(registry.Store, "base/tool", "1", created, null, Cancelled);

    private Task<Digest> PutProxyAsync(string created) =>
        PublishedBases.PutAsync(registry.Store, "proxy", "v2", created, null, Cancelled);

    private Task<ToolRun> LadingAsync(params IReadOnlyList<string> arguments) =>
        ToolRun.InAsync(repository.Folder, arguments);
}

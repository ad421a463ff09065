using Lading.Layout;
using Lading.Oci;
using Lading.Shipping;
using Lading.Testing;

namespace Lading.Tests.Commands;

/// <summary>
/// The steps of <c>docs/migrating.md</c>, from both kinds of scripts: existing repositories and tags stay.
/// </summary>
public sealed class MigratingFromScripts : IAsyncLifetime
{
    private TestRepository repository = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private LayoutStore Store => new(Path.Combine(repository.Folder, ".lading", "registry"));

    private ImageLayout Legacy => Store.Open(RepositoryName.Parse("legacy/web"));

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        repository.Write("page", "hello");
        repository.Write(".gitignore", ".lading/\n");
        // What the scripts left, in a repository with mutable tags.
        await Store.CreateAsync(
            RepositoryName.Parse("legacy/web"),
            new RepositoryRecord
            {
                Settings = RepositorySettings.MutableExcept(),
                CreatedAt = TimeProvider.System.GetUtcNow(),
            },
            Cancelled
        );
        using var image = await GeneratedImage.CreateAsync(1, 100, Cancelled);
        foreach (var tag in new[] { "latest", new string('a', 40) })
        {
            await ImageCopy.RunAsync(
                new CopyRequest(image.Layout, image.Manifest, Legacy) { Tag = Tag.Parse(tag) },
                null,
                Cancelled
            );
        }
    }

    public ValueTask DisposeAsync()
    {
        repository.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Each_commit_is_tagged_as_before_and_the_old_tags_stay()
    {
        var (old, commit) = await MigrateAsync("{commit}");

        (await ToolRun.InAsync(repository.Folder, "publish")).Succeeded();
        var first = await DigestAsync(commit);
        repository.Write("README.md", "Something that is in no image.");
        var second = await repository.CommitAsync("Say more");
        (await ToolRun.InAsync(repository.Folder, "publish")).Succeeded();

        Assert.Equal(old, await DigestAsync(new string('a', 40)));
        Assert.NotNull(first);
        Assert.NotEqual(old, first);
        Assert.Equal(first, await DigestAsync(second));
    }

    [Fact]
    public async Task Latest_moves_as_before_and_nothing_depends_on_it()
    {
        var (old, _) = await MigrateAsync("latest");

        (await ToolRun.InAsync(repository.Folder, "publish")).Succeeded();
        var published = await DigestAsync("latest");

        Assert.NotEqual(old, published);
        Assert.Equal(old, await DigestAsync(new string('a', 40)));
        (await ToolRun.InAsync(repository.Folder, "check")).Succeeded();
    }

    private async Task<(Digest Old, string Commit)> MigrateAsync(string alias)
    {
        repository.Write(
            "lading.json",
            $$"""
            {
              "project": "shop",
              "images": {
                "web": { "repository": "legacy/web", "assemble": { "sources": ["page"], "base": "scratch", "copy": { "page": "/srv/page" } } }
              },
              "aliases": ["{{alias}}"]
            }
            """
        );
        var commit = await repository.CommitAsync("Add lading.json");
        return ((await DigestAsync("latest"))!.Value, commit);
    }

    private async Task<Digest?> DigestAsync(string tag) =>
        (await Legacy.FindManifestAsync(Tag.Parse(tag), Cancelled))?.Digest;
}

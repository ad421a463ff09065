using Lading.Layout;
using Lading.Locks;
using Lading.Oci;
using Lading.Testing;

namespace Lading.Tests.Retention.Acting;

/// <summary>A shop that publishes into the embedded registry of its clone.</summary>
internal sealed class EmbeddedShop : IDisposable
{
    public static readonly RepositoryName Web = RepositoryName.Parse("shop/web");

    private EmbeddedShop(TestRepository git) => Git = git;

    public TestRepository Git { get; }

    public LayoutStore Store => new(Path.Combine(Git.Folder, ".lading", "registry"));

    public static async Task<EmbeddedShop> CreateAsync()
    {
        var git = await TestRepository.CreateAsync();
        git.Write(".gitignore", ".lading/\n");
        var shop = new EmbeddedShop(git);
        shop.Configure("");
        return shop;
    }

    /// <summary>Writes <c>lading.json</c>.</summary>
    /// <param name="more">JSON that follows the images.</param>
    public void Configure(string more) =>
        Git.Write(
            "lading.json",
            $$"""
            {
              "project": "shop",
              "images": { "web": { "assemble": { "sources": ["page"], "base": "scratch", "copy": { "page": "/page" } } } }{{more}}
            }
            """
        );

    /// <summary>Commits a page, and publishes its image.</summary>
    public async Task<Digest> PublishAsync(string page)
    {
        Git.Write("page", page);
        await Git.CommitAsync(page);
        return await DigestAfterAsync("publish");
    }

    /// <summary>Runs a verb, and returns the digest in the lock.</summary>
    public async Task<Digest> DigestAfterAsync(params IReadOnlyList<string> arguments)
    {
        (await ToolRun.InAsync(Git.Folder, arguments)).Succeeded();
        return LockFile.Read(Path.Combine(Git.Folder, ".lading", "local.lock.json")).Images["web"].Digest;
    }

    /// <summary>Publishes the page "lost", and then another: no tip needs the first any more.</summary>
    public async Task<Digest> LoseAsync()
    {
        var lost = await PublishAsync("lost");
        await PublishAsync("first");
        await ForgetReflogAsync();
        return lost;
    }

    public Task<string> ForgetReflogAsync() => Git.RunAsync("reflog expire --expire=all --all");

    public void Dispose() => Git.Dispose();
}

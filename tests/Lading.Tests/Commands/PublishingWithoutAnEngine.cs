using System.Runtime.Versioning;
using Lading.Testing;

namespace Lading.Tests.Commands;

/// <summary>An engine that does not answer ends a publish before anything is pushed.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PublishingWithoutAnEngine
{
    [Fact]
    public async Task A_failing_engine_leaves_nothing_half_published()
    {
        using var repository = await TestRepository.CreateAsync();
        repository
            .Write(".gitignore", ".lading/\n")
            .Write("site/index.html", "hello\n")
            .Write("Dockerfile", "FROM scratch\nCOPY site /\n")
            .Write(
                "lading.json",
                """
                {
                  "project": "p",
                  "images": {
                    "site": { "assemble": { "base": "scratch", "copy": { "site/": "/srv/" }, "cmd": ["/srv/serve"] } },
                    "web": { "context": "." }
                  }
                }
                """
            );
        await repository.CommitAsync("Open the shop");

        var run = await ToolRun.InAsync(
            repository.Folder,
            new Dictionary<string, string> { ["LADING_ENGINE"] = "false" },
            ["publish"]
        );

        Assert.Contains(
            "Could not build with false, which LADING_ENGINE names",
            run.Failed(FailureKind.Failed).Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.Combine(repository.Folder, ".lading"), "*", SearchOption.AllDirectories),
            file => Path.GetFileName(file) == "index.json"
        );
    }
}

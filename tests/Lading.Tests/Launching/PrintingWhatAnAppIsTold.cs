using Lading.Locks;
using Lading.Testing;
using Lading.Tests.Configuration;
using Lading.Tests.Locks;

namespace Lading.Tests.Launching;

public sealed class PrintingWhatAnAppIsTold
{
    private static readonly SchemaValidator Schema = SchemaValidator.Of("app");

    [Fact]
    public async Task Every_environment_is_described_by_its_lock_and_no_registry_is_asked()
    {
        using var repository = await TestRepository.CreateAsync();
        repository.Write("web/Dockerfile", "FROM scratch\nCOPY page /srv/page\n");
        repository.Write("web/page", "hello");
        repository.Write(
            "lading.json",
            """
            {
              "project": "storefront",
              "images": { "web": { "context": "web" } },
              "environments": {
                "dev": { "account": "111111111111", "region": "ap-northeast-1" },
                "prod": { "account": "222222222222", "region": "ap-northeast-1" }
              }
            }
            """
        );
        await repository.CommitAsync("One");
        LockFile.Write(
            LockPath.For(repository.Folder, "dev"),
            ImageLock.Of("dev", [("web", ALock.Image('a', new string('1', 40)))])
        );

        var run = await ToolRun.InAsync(repository.Folder, "run", "--print", "--env", "dev");

        using var json = run.Succeeded().Document();
        Assert.True(Schema.IsValid(json.RootElement), run.Out);
        Assert.Equal("dev", json.RootElement.GetProperty("environment").GetString());
        Assert.Equal(40, json.RootElement.GetProperty("head").GetProperty("commit").GetString()!.Length);
        var environments = json.RootElement.GetProperty("environments");
        var web = environments.GetProperty("dev").GetProperty("images").GetProperty("web");
        Assert.Equal("stale", web.GetProperty("staleness").GetString());
        Assert.Contains(
            "'lading publish web --env dev'",
            web.GetProperty("reason").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal("ready", environments.GetProperty("dev").GetProperty("state").GetString());
        Assert.Equal("unresolved", environments.GetProperty("prod").GetProperty("state").GetString());
        Assert.Equal("unresolved", environments.GetProperty("local").GetProperty("state").GetString());
    }
}

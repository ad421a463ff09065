using Lading.Testing;

namespace Lading.Tests.Commands;

/// <summary>
/// <c>lading init</c> with the CDK app in a folder below: the commands it prints run as they are in the current folder.
/// </summary>
public sealed class BeginningAboveTheApp : IAsyncLifetime
{
    private TestRepository repository = null!;

    public async ValueTask InitializeAsync() =>
        repository = (await TestRepository.CreateAsync())
            .Write("infra/cdk.json", """{ "app": "npx tsx bin/shop.ts" }""")
            .Write("infra/bin/shop.ts", "import { App } from \"aws-cdk-lib\";\nconst app = new App();\n")
            .Write("web/Dockerfile", "FROM scratch\nCOPY page.html /")
            .Write("web/page.html", "");

    public ValueTask DisposeAsync()
    {
        repository.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("", "infra/", "lading -C infra publish")]
    [InlineData("web", "../infra/", "lading -C ../infra publish")]
    [InlineData("infra", "", "lading publish")]
    [InlineData("infra/bin", "../", "lading publish")]
    public async Task The_next_commands_name_the_folder_of_the_app(string start, string folder, string publish)
    {
        var run = (await InitAsync(start)).Succeeded();

        Assert.Contains(
            $"  Next: git add {folder}lading.json {folder}.gitignore && git commit",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains($"        {publish}          builds it into", run.Error, StringComparison.Ordinal);
        Assert.Contains($"        {publish} --env …  once", run.Error, StringComparison.Ordinal);
        Assert.Contains($"  {folder}bin/shop.ts could hand image assets", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_library_is_installed_into_the_app_and_not_into_the_current_folder() =>
        Assert.Contains(
            "npm install --prefix infra lading-cdk",
            (await InitAsync("")).Succeeded().Out,
            StringComparison.Ordinal
        );

    private Task<ToolRun> InitAsync(string folder) =>
        ToolRun.InAsync(Path.Combine(repository.Folder, folder), "init", "--offline");
}

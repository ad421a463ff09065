using System.Text.Json;
using Lading.Configuration;
using Lading.Testing;

namespace Lading.Tests.Commands;

public sealed class BeginningWithInit : IAsyncLifetime
{
    private const string CSharpApp = """{ "app": "dotnet run --project src/Infra/Infra.csproj", }""";

    private TestRepository repository = null!;

    public async ValueTask InitializeAsync() => repository = await TestRepository.CreateAsync();

    public ValueTask DisposeAsync()
    {
        repository.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_first_file_is_written_from_what_the_repository_has()
    {
        repository
            .Write("cdk.json", CSharpApp)
            .Write("src/web/Dockerfile", "FROM scratch\nCOPY page.html /")
            .Write("src/web/page.html", "")
            .Write("src/worker/Dockerfile", "FROM a AS build\nCOPY src/worker src/shared /src/\nFROM b AS final")
            .Write("src/worker/Worker.cs", "")
            .Write("src/shared/Carts.cs", "")
            .Write("node_modules/x/Dockerfile", "FROM a")
            .Write(".devcontainer/Dockerfile", "FROM a")
            .Write("out/Dockerfile", "FROM a")
            .Write(".gitignore", "out/");

        var run = (await InitAsync()).Succeeded();

        Assert.Equal("  wrote lading.json with 2 images: web, worker\n  added .lading/ to .gitignore\n", run.Out);
        Assert.Equal(
            """
              cdk.json      C# app, src/Infra
              Dockerfiles   src/web/Dockerfile · src/worker/Dockerfile (targets: build, final)
              b is unpinned: lading bases update
              not in git yet: src/web/Dockerfile, src/worker/Dockerfile. Commit them, too, with what they copy.

              Next: git add lading.json .gitignore && git commit -m "Add lading.json"
                    lading publish          builds both into the embedded registry, nothing leaves this machine
                    lading publish --env …  once an environment is in lading.json

            """,
            run.Error
        );
        Assert.Equal(
            $$"""
            // Which container images this repository makes, and where they go. Comments and trailing commas are allowed.
            {
              "$schema": "./.lading/lading.schema.json",
              "project": "{{Project}}",
              "images": {
                "web": { "context": "src/web" },
                // Stages: build, final. The file's last stage is built unless "target" names another.
                "worker": { "context": ".", "dockerfile": "src/worker/Dockerfile" },
              },
              // Where images are published. Without any, "local" is there: the registry that is built into lading.
              "environments": {
                // "dev":  { "account": "111111111111", "region": "eu-central-1", "profile": "{{Project}}-dev" },
                // "prod": { "account": "222222222222", "region": "eu-central-1", "profile": "{{Project}}-prod", "promoteFrom": "dev" },
              },
            }

            """,
            repository.Read("lading.json")
        );
        Assert.Equal("out/\n.lading/\n", repository.Read(".gitignore"));
        Assert.Equal(
            ConfigurationSchema.GetBytes(),
            await File.ReadAllBytesAsync(
                Path.Combine(repository.Folder, ".lading/lading.schema.json"),
                TestContext.Current.CancellationToken
            )
        );
    }

    [Theory]
    [InlineData("shop/.git")]
    [InlineData("shop/.bare")]
    [InlineData("shop.git")]
    public async Task A_worktree_has_the_name_of_its_repository(string place)
    {
        repository.Write("Dockerfile", "FROM a");
        await repository.CommitAsync("A shop");
        using var folder = new TestFolder();
        var (common, worktree) = (folder.Combine(place), folder.Combine("hotfix"));
        await repository.GitAsync("clone", "--quiet", "--bare", repository.Folder, common);
        await repository.GitAsync("--git-dir", common, "worktree", "add", "--quiet", worktree, "main");

        var run = (await ToolRun.InAsync(worktree, "init", "--offline")).Succeeded();

        Assert.Contains("  wrote lading.json with 1 image: shop\n", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "\"project\": \"shop\",",
            await File.ReadAllTextAsync(Path.Combine(worktree, "lading.json"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_second_run_changes_nothing_and_reports_new_Dockerfiles()
    {
        repository.Write("Dockerfile", "FROM a").Write(".gitignore", "/.lading/\r\n");
        Assert.Equal($"  wrote lading.json with 1 image: {Project}\n", (await InitAsync()).Succeeded().Out);
        var before = repository.Read("lading.json");
        repository.Write("new/Dockerfile", "FROM a");

        var again = (await InitAsync()).Succeeded();

        Assert.Equal($"  lading.json is here already, with 1 image: {Project}\n", again.Out);
        Assert.Contains(
            "  new/Dockerfile is in no image. It could be: \"new\": { \"context\": \"new\" }\n",
            again.Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Next:", again.Error, StringComparison.Ordinal);
        Assert.Equal(before, repository.Read("lading.json"));
        Assert.Equal("/.lading/\r\n", repository.Read(".gitignore"));
    }

    [Fact]
    public async Task The_file_goes_beside_the_CDK_app_wherever_that_is()
    {
        repository
            .Write("infra/cdk.json", """{ "app": "npx ts-node --prefer-ts-exts bin/app.ts" }""")
            .Write("web/Dockerfile", "FROM a\nCOPY . .")
            .Write("web/.dockerignore", "x");

        var run = (await InitAsync("web")).Succeeded();

        Assert.StartsWith("  wrote ../infra/lading.json with 1 image: web\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("  cdk.json      TypeScript app, bin/app.ts\n", run.Error, StringComparison.Ordinal);
        Assert.Contains(
            "\"web\": { \"context\": \"../web\" },",
            repository.Read("infra/lading.json"),
            StringComparison.Ordinal
        );
        Assert.Equal(".lading/\n", repository.Read("infra/.gitignore"));
    }

    [Fact]
    public async Task Of_several_apps_one_has_to_be_named_and_gets_only_its_own_images()
    {
        repository
            .Write("a/cdk.json", "{}")
            .Write("a/web/Dockerfile", "FROM x")
            .Write("b/cdk.json", "{}")
            .Write("b/web/Dockerfile", "FROM x");

        var unclear = (await InitAsync()).Failed(FailureKind.Usage);
        Assert.Contains("there are 2 CDK apps here: a/cdk.json, b/cdk.json.", unclear.Error, StringComparison.Ordinal);

        (await InitAsync("b")).Succeeded();
        Assert.Contains(
            "\"web\": { \"context\": \"web\" },",
            repository.Read("b/lading.json"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("../a", repository.Read("b/lading.json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", "shop/cdk.json", "other/cdk.json", "shop")]
    [InlineData("a", "a/infra/cdk.json", "b/infra/cdk.json", "a-infra")]
    [InlineData("a", "cdk.json", "b/cdk.json", "")]
    public async Task Each_of_several_apps_has_repositories_of_its_own(
        string web,
        string app,
        string other,
        string name
    )
    {
        repository
            .Write(app, "{}")
            .Write(other, "{}")
            .Write($"{Path.GetDirectoryName(app)}/{web}/Dockerfile", "FROM x");

        (await InitAsync(Path.GetDirectoryName(app)!)).Succeeded();

        Assert.Contains(
            $"\"project\": \"{Project}{(name.Length > 0 ? "-" : "")}{name}\",",
            repository.Read(app.Replace("cdk.json", "lading.json", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_Dockerfile_that_is_committed_needs_no_word()
    {
        repository.Write("web/Dockerfile", "FROM scratch");
        await repository.CommitAsync("A shop");

        Assert.DoesNotContain("not in git yet", (await InitAsync()).Succeeded().Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_without_Dockerfiles_gets_a_file_that_shows_what_there_is()
    {
        repository.Write("cdk.json", """{ "app": "python3 app.py" }""");

        var run = (await InitAsync()).Succeeded();

        Assert.StartsWith("  wrote lading.json with no images yet\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("  Dockerfiles   none that git knows\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("Next: name an image in lading.json", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_only_looks_like_a_Dockerfile_is_left_out_and_reported()
    {
        repository
            .Write("cdk.json", "not JSON")
            .Write("a/Dockerfile", "nothing")
            .Write("b/Dockerfile.dockerignore", "x");

        var run = (await InitAsync()).Succeeded();

        Assert.Contains(
            "warning: left out a/Dockerfile: line 1: NOTHING comes before",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("an app of a language that its command does not tell", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_to_do_if_there_is_nothing_to_start_from()
    {
        var run = (await InitAsync()).Failed(FailureKind.Usage);

        Assert.Contains(
            "git knows neither a Dockerfile nor a cdk.json here. Run 'lading init' where",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.EnumerateFiles(repository.Folder));
    }

    [Fact]
    public async Task A_file_is_not_a_folder_to_work_in()
    {
        repository.Write("cdk.json", CSharpApp);

        var run = (await ToolRun.InAsync(repository.Folder, "init", "--directory", "cdk.json")).Failed(
            FailureKind.Usage
        );

        Assert.Equal("error: Could not work in cdk.json: it is a file, not a folder.\n", run.Error);
    }

    [Fact]
    public async Task Without_git_it_says_what_to_do()
    {
        var folder = Directory.CreateTempSubdirectory("lading-nogit-").FullName;
        try
        {
            var run = (await ToolRun.InAsync(folder, "init")).Failed(FailureKind.Usage);

            Assert.Contains(
                "this folder is not in a git repository. Images get their identity from git",
                run.Error,
                StringComparison.Ordinal
            );
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    [Fact]
    public async Task An_invalid_file_is_reported_and_left_alone()
    {
        repository.Write("Dockerfile", "FROM a").Write("lading.json", """{ "project": "p" }""");

        var run = (await InitAsync()).Failed(FailureKind.Usage);

        Assert.Contains("lading.json:1:1: the file has no images.", run.Error, StringComparison.Ordinal);
        Assert.Equal("""{ "project": "p" }""", repository.Read("lading.json"));
    }

    [Fact]
    public async Task One_json_document_says_what_was_done()
    {
        repository.Write("cdk.json", CSharpApp).Write("web/Dockerfile", "FROM a");

        var run = (await ToolRun.InAsync(repository.Folder, "init", "--offline", "--output", "json")).Succeeded();

        var document = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal("lading.json", document.GetProperty("path").GetString());
        Assert.True(document.GetProperty("written").GetBoolean());
        Assert.Equal("C#", document.GetProperty("language").GetString());
        Assert.Equal("web", Assert.Single(document.GetProperty("images").EnumerateArray()).GetString());
        Assert.Empty(document.GetProperty("pinned").EnumerateArray());
        Assert.Equal("a", Assert.Single(document.GetProperty("floating").EnumerateArray()).GetString());
        Assert.Empty(run.Error);
    }

    private string Project => Path.GetFileName(repository.Folder).ToLowerInvariant().Replace('_', '-');

    private Task<ToolRun> InitAsync(string folder = "") =>
        ToolRun.InAsync(Path.Combine(repository.Folder, folder), "init", "--offline");
}

using System.Text.Json;
using Lading.Testing;

namespace Lading.Tests.Field;

/// <summary>The contexts and inputs found in hard repositories are those that their maintainers would name.</summary>
public sealed class ReadingHardRepositories : IAsyncLifetime
{
    private TestRepository repository = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => repository = await TestRepository.CreateAsync();

    public ValueTask DisposeAsync()
    {
        repository?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_bake_file_names_context_and_target_and_programs_built_beforehand_are_reported()
    {
        await BeginAsync(
            HardRepositories.Temporal,
            "temporalio/base-builder:1.14.4",
            "temporalio/base-server:1.15.4",
            "temporalio/base-admin-tools:1.12.12"
        );

        Assert.Equal(["admin-tools: .", "server: ."], Contexts());
        Assert.Contains("\"target\": \"server\"", repository.Read("lading.json"), StringComparison.Ordinal);
        Assert.Equal(
            [
                ".gitmodules",
                "docker/entrypoint.sh",
                "tctl/main.go",
                "temporal/config/docker.yaml",
                "temporal/main.go",
                "temporal/schema/v1.sql",
            ],
            (await InputsAsync("server")).Files
        );
        var tools = await InputsAsync("admin-tools");
        Assert.Equal(["temporal/schema/v1.sql"], tools.Files);
        var note = Assert.Single(tools.Notes);
        Assert.StartsWith("COPY build/amd64/tctl matches nothing that git tracks", note, StringComparison.Ordinal);
        Assert.Contains(".gitignore line 1 (build/)", note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compose_file_in_another_folder_is_followed_and_arguments_choose_stages()
    {
        await BeginAsync(HardRepositories.Immich, "node:22", $"python:3.11@sha256:{new string('1', 64)}");

        Assert.Equal(["machine-learning: machine-learning", "server: ."], Contexts());
        Assert.Equal(
            ["machine-learning/app/main.py", "machine-learning/poetry.lock", "machine-learning/pyproject.toml"],
            (await InputsAsync("machine-learning")).Files
        );
        Assert.Equal(
            [
                "LICENSE",
                "open-api/typescript-sdk/index.ts",
                "server/package-lock.json",
                "server/package.json",
                "server/src/main.ts",
                "web/src/app.ts",
            ],
            (await InputsAsync("server")).Files.Where(file => file != "server/Dockerfile")
        );
    }

    [Fact]
    public async Task Finds_the_common_context_even_if_a_variable_names_the_Dockerfile()
    {
        await BeginAsync(
            HardRepositories.OpenTelemetry,
            "mcr.microsoft.com/dotnet/sdk:8.0",
            "mcr.microsoft.com/dotnet/aspnet:8.0",
            "golang:1.24",
            "gcr.io/distroless/static:nonroot",
            "php:8.4",
            "composer:2"
        );

        Assert.Equal(["accounting: .", "checkout: .", "quote: ."], Contexts());
        Assert.Equal(
            ["src/checkout/Dockerfile", "src/checkout/go.mod", "src/checkout/main.go"],
            (await InputsAsync("checkout")).Files
        );
        Assert.Equal(
            ["src/quote/Dockerfile", "src/quote/composer.json", "src/quote/index.php"],
            (await InputsAsync("quote")).Files
        );

        // It copies /../pb/demo.proto: the inputs may include more than is read, never less.
        var accounting = (await InputsAsync("accounting")).Files;
        Assert.Contains("pb/demo.proto", accounting);
        Assert.Contains("src/accounting/Program.cs", accounting);
    }

    [Fact]
    public async Task One_Dockerfile_for_all_services_is_guessed_and_what_it_lacks_is_reported()
    {
        await BeginAsync(HardRepositories.PetClinic, "eclipse-temurin:17", "grafana/grafana:10", "prom/prometheus:v2");

        // The Dockerfile in the folder "docker" belongs to the project itself, whose image is named after the project's
        // folder.
        var contexts = Contexts().ToList();
        var own = Assert.Single(contexts, each => each.EndsWith(": docker", StringComparison.Ordinal)).Split(':')[0];
        Assert.Equal(
            ["grafana: docker/grafana", "prometheus: docker/prometheus"],
            contexts.Where(each => !each.StartsWith(own, StringComparison.Ordinal))
        );
        Assert.Contains("context docker, guessed", said, StringComparison.Ordinal);
        Assert.Equal(
            ["docker/grafana/grafana.ini", "docker/grafana/provisioning/all.yml"],
            (await InputsAsync("grafana")).Files
        );
        Assert.Equal(["docker/prometheus/prometheus.yml"], (await InputsAsync("prometheus")).Files);
        var petclinic = await InputsAsync(own);
        Assert.Empty(petclinic.Files);
        Assert.Contains(
            $"COPY needs ARG ARTIFACT_NAME, which has no value: set args.ARTIFACT_NAME of image {own} in lading.json",
            Assert.Single(petclinic.Notes),
            StringComparison.Ordinal
        );
    }

    private string said = "";

    /// <summary>Commits a repository, has <c>lading init</c> write <c>lading.json</c>, and pins the bases.</summary>
    private async Task BeginAsync(IReadOnlyDictionary<string, string> files, params IReadOnlyList<string> bases)
    {
        Write(files.Where(file => file.Key[0] != '!'));
        await repository.CommitAsync("One");
        Write(files.Where(file => file.Key[0] == '!'));
        var init = await ToolRun.InAsync(repository.Folder, "init", "--offline");
        said = init.Succeeded().Out + init.Error;
        var pins = bases.ToDictionary(
            name => name,
            _ => new
            {
                digest = $"sha256:{new string('1', 64)}",
                onBuild = false,
                env = new Dictionary<string, string>(),
            }
        );
        repository.Write("lading.bases.json", JsonSerializer.Serialize(new { basesVersion = 2, bases = pins }));
        await repository.CommitAsync("Two");
    }

    private void Write(IEnumerable<KeyValuePair<string, string>> files)
    {
        foreach (var (path, text) in files)
        {
            repository.Write(path.TrimStart('!'), text);
        }
    }

    private IEnumerable<string> Contexts()
    {
        using var configuration = JsonDocument.Parse(
            repository.Read("lading.json"),
            new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
        );
        return
        [
            .. configuration
                .RootElement.GetProperty("images")
                .EnumerateObject()
                .Select(image => $"{image.Name}: {image.Value.GetProperty("context").GetString()}"),
        ];
    }

    private async Task<(IReadOnlyList<string> Files, IReadOnlyList<string> Notes)> InputsAsync(string image)
    {
        var run = await ToolRun.InAsync(repository.Folder, "why", image, "--output", "json");
        using var why = run.Succeeded().Document();
        return (
            [
                .. why
                    .RootElement.GetProperty("files")
                    .EnumerateArray()
                    .Select(file => file.GetProperty("path").GetString()!),
            ],
            [
                .. why
                    .RootElement.GetProperty("notes")
                    .EnumerateArray()
                    .Select(note => note.GetProperty("text").GetString()!),
            ]
        );
    }
}

using System.Text.Json;
using Lading.Testing;

namespace Lading.Tests.Commands;

public sealed class HoldingAnImageBack : IAsyncLifetime
{
    private TestRepository repository = null!;
    private string first = null!;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        repository.Write("app/lading.json", """{ "project": "p", "images": { "web": { "context": "." } } }""");
        first = await repository.CommitAsync("Faster search");
        repository.Write(
            "app/lading.json",
            """
            {
              // Ours.
              "project": "p",
              "images": {
                "web": { "context": "." }, // the site
                "new": { "context": "new" }
              }
            }
            """
        );
        await repository.CommitAsync("Cache carts");
    }

    public ValueTask DisposeAsync()
    {
        repository.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_revision_becomes_a_commit_in_the_file_and_unpinning_brings_back_every_byte()
    {
        var before = repository.Read("app/lading.json");

        var pinned = (await LadingAsync("pin", "web@HEAD~1", "--reason", "Carts vanish")).Succeeded();
        var after = repository.Read("app/lading.json");
        var unpinned = (await LadingAsync("unpin", "web")).Succeeded();

        Assert.Equal($"  web is held at {first[..7]} \"Faster search\"\n", pinned.Out);
        Assert.Equal("  Review the change of lading.json and commit it. 'lading unpin web' ends it.\n", pinned.Error);
        Assert.Contains(
            $$"""
                "web": { "context": ".", "hold": { "revision": "{{first}}", "reason": "Carts vanish" } }, // the site
            """,
            after,
            StringComparison.Ordinal
        );
        Assert.Equal($"  web is no longer held at {first[..7]} (Carts vanish)\n", unpinned.Out);
        Assert.Equal(before, repository.Read("app/lading.json"));
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        await LadingAsync("pin", "web@HEAD~1", "--reason", "Carts vanish");
        var after = repository.Read("app/lading.json");

        var again = (await LadingAsync("pin", $"web@{first}", "--reason", "Carts vanish")).Succeeded();
        Assert.Equal("  lading.json is unchanged.\n", again.Error);
        Assert.Equal(after, repository.Read("app/lading.json"));

        await LadingAsync("unpin", "web");
        Assert.Equal("  web is not held back\n", (await LadingAsync("unpin", "web")).Succeeded().Out);
    }

    [Fact]
    public async Task If_the_image_was_itself_held_there_its_original_revision_counts()
    {
        await LadingAsync("pin", $"web@{first}", "--reason", "a");
        await repository.CommitAsync("Hold web");

        var run = (await LadingAsync("pin", "web@HEAD", "--reason", "b")).Succeeded();

        Assert.Equal($"  web is held at {first[..7]} \"Faster search\"\n", run.Out);
        Assert.Contains("where it was itself held", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_json_document_says_what_was_done()
    {
        var pinned = await LadingAsync("pin", "web@HEAD~1", "--reason", "b", "--output", "json");
        var unpinned = await LadingAsync("unpin", "web", "--output", "json");

        var document = JsonDocument.Parse(pinned.Out).RootElement;
        Assert.Equal(first, document.GetProperty("revision").GetString());
        Assert.True(document.GetProperty("changed").GetBoolean());
        Assert.Equal(
            JsonValueKind.Null,
            JsonDocument.Parse(unpinned.Out).RootElement.GetProperty("revision").ValueKind
        );
        Assert.Empty(pinned.Error + unpinned.Error);
    }

    [Theory]
    [InlineData("'api': it names no image and revision. Write 'lading pin api@4e1c0d2", "pin", "api", "--reason", "b")]
    [InlineData("'web@': it names no image and revision. Write 'lading pin web@4", "pin", "web@", "--reason", "b")]
    [InlineData(
        "Could not find image wep: lading.json has no such entry. Did you mean web?",
        "pin",
        "wep@HEAD",
        "--reason",
        "b"
    )]
    [InlineData(
        "Could not find revision nowhere: this clone does not have that commit",
        "pin",
        "web@nowhere",
        "--reason",
        "b"
    )]
    [InlineData(
        "app/lading.json defines none of that name in that commit. Name a commit",
        "pin",
        "new@HEAD~1",
        "--reason",
        "b"
    )]
    [InlineData("Could not hold web back: --reason is empty.", "pin", "web@HEAD", "--reason", " ")]
    [InlineData("lading pin needs --reason <text>", "pin", "web@HEAD")]
    [InlineData("Did you mean web?", "unpin", "wep")]
    public async Task An_impossible_hold_is_refused_and_the_file_stays_as_it_is(
        string expected,
        params string[] arguments
    )
    {
        var before = repository.Read("app/lading.json");

        var run = (await LadingAsync(arguments)).Failed(FailureKind.Usage);

        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal(before, repository.Read("app/lading.json"));
    }

    [Fact]
    public async Task A_commit_without_the_file_is_reported()
    {
        await repository.GitAsync("checkout", "--quiet", "--orphan", "other");
        await repository.GitAsync("rm", "--quiet", "-r", "--cached", ".");
        await repository.GitAsync("commit", "--quiet", "--allow-empty", "--message", "Empty");

        var run = (await LadingAsync("pin", "web@HEAD", "--reason", "b")).Failed(FailureKind.Usage);

        Assert.Contains("there is no app/lading.json in that commit", run.Error, StringComparison.Ordinal);
    }

    private Task<ToolRun> LadingAsync(params string[] arguments) =>
        ToolRun.InAsync(Path.Combine(repository.Folder, "app"), arguments);
}

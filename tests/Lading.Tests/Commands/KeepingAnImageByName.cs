using System.Text.Json;
using Lading.Testing;

namespace Lading.Tests.Commands;

public sealed class KeepingAnImageByName : IAsyncLifetime
{
    private const string Digest = "sha256:9ae97d36d26566ff84e8893c64a6dc4fe8ca6d1144bf5b87b2b85a32def253c7";

    private TestRepository repository = null!;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        repository.Write(
            "lading.json",
            """
            {
              // Ours.
              "project": "p",
              "images": { "web": { "from": "a" } } // the site
            }
            """
        );
    }

    public ValueTask DisposeAsync()
    {
        repository.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_entry_is_written_and_ending_it_brings_back_every_byte()
    {
        var before = repository.Read("lading.json");

        var kept = (await KeepAsync($"web@{Digest}", "--until", "2199-03-31", "--reason", " audit ")).Succeeded();
        var after = repository.Read("lading.json");
        var again = (await KeepAsync($"p/web@{Digest}", "--until", "2199-03-31", "--reason", "audit")).Succeeded();
        var ended = (await KeepAsync($"web@{Digest}", "--end")).Succeeded();
        var nothing = (await KeepAsync($"web@{Digest}", "--end")).Succeeded();

        Assert.Equal("  web@9ae97d36d265 is kept until 2199-03-31\n", kept.Out);
        Assert.Equal("  Review the change of lading.json and commit it. The same with --end ends it.\n", kept.Error);
        Assert.Contains(
            $$"""
              "images": { "web": { "from": "a" } }, // the site
              "retention": { "keep": [{ "image": "web@{{Digest}}", "until": "2199-03-31", "reason": "audit" }] }
            """,
            after,
            StringComparison.Ordinal
        );
        Assert.Equal("  lading.json is unchanged.\n", again.Error);
        Assert.Equal("  web@9ae97d36d265 is no longer kept by name\n", ended.Out);
        Assert.Equal("  web@9ae97d36d265 is not kept by name\n", nothing.Out);
        Assert.Equal(before, repository.Read("lading.json"));
    }

    [Fact]
    public async Task One_json_document_says_what_was_done()
    {
        var run = await KeepAsync($"web@{Digest}", "--until", "2199-03-31", "--reason", "b", "--output", "json");

        var document = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal("p/web", document.GetProperty("repository").GetString());
        Assert.Equal(Digest, document.GetProperty("digest").GetString());
        Assert.Equal("2199-03-31", document.GetProperty("until").GetString());
        Assert.True(document.GetProperty("changed").GetBoolean());
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("it has no --until. Nothing is kept without an end and a reason.", "web@" + Digest, "--reason", "b")]
    [InlineData("it has no --reason. Nothing is kept", "web@" + Digest, "--until", "2199-03-31")]
    [InlineData("Write 'lading keep web@" + Digest + " --until 20", "web@" + Digest, "--until", "2199-03-31")]
    [InlineData("it has no --reason.", "web@" + Digest, "--until", "2199-03-31", "--reason", " ")]
    [InlineData("--until is 'soon'. Expected a day", "web@" + Digest, "--until", "soon", "--reason", "b")]
    [InlineData("2001-03-31 is over. Name a day to come.", "web@" + Digest, "--until", "2001-03-31", "--reason", "b")]
    [InlineData("Did you mean web? Valid: web.", "wep@" + Digest, "--until", "2199-03-31", "--reason", "b")]
    [InlineData("'web:1': it names no image and digest. Expected", "web:1", "--until", "2199-03-31", "--reason", "b")]
    [InlineData("Leave out --until and --reason.", "web@" + Digest, "--end", "--reason", "b")]
    public async Task An_impossible_hold_is_refused_and_the_file_stays_as_it_is(
        string expected,
        params string[] arguments
    )
    {
        var before = repository.Read("lading.json");

        var run = (await KeepAsync(arguments)).Failed(FailureKind.Usage);

        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal(before, repository.Read("lading.json"));
    }

    private Task<ToolRun> KeepAsync(params string[] arguments) =>
        ToolRun.InAsync(repository.Folder, ["keep", .. arguments]);
}

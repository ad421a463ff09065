using Lading.Testing;

namespace Lading.Tests.Fingerprints;

/// <summary>What changes the identity of an image, and what does not.</summary>
public sealed class TellingInputsApart : IAsyncLifetime
{
    private const string Web = """
        "web": { "context": "src", "args": { "A": "1", "B": "2" }, "platforms": ["linux/amd64", "linux/arm64"] }
        """;

    private TestRepository? repository;

    private TestRepository Repository => repository!;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        repository
            .Write("src/Dockerfile", "ARG TAG=1\nFROM example.com/base:$TAG\nCOPY . /\n")
            .Write("src/.dockerignore", "*.md\n")
            .Write("src/a", "a\n")
            .Write("src/b", "b\n")
            .Write("src/notes.md", "notes\n")
            .Write("lading.json", Configuration(Web));
        await repository.CommitAsync("Files");
    }

    public ValueTask DisposeAsync()
    {
        repository?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("src/a", "other\n")]
    [InlineData("src/new", "new\n")]
    [InlineData("src/Dockerfile", "ARG TAG=1\nFROM example.com/base:$TAG\nCOPY . /\n\n")]
    [InlineData("src/Dockerfile.dockerignore", "*.md\n")]
    [InlineData("src/.dockerignore", "*.md\n*.txt\n")]
    [InlineData("src/.dockerignore", "b\n")]
    [InlineData("src/.gitignore", "nothing\n")]
    public async Task A_file_that_is_read_counts(string path, string content) =>
        Assert.NotEqual(await WebAsync(), await AfterAsync(() => Repository.Write(path, content)));

    [Theory]
    [InlineData("src/notes.md", "other notes\n")]
    [InlineData("src/new.md", "new notes\n")]
    [InlineData("a", "beside the context\n")]
    [InlineData("src2/a", "beside the context\n")]
    [InlineData("lading.bases.json", """{ "basesVersion": 1, "bases": {} }""")]
    [InlineData("src/lading.json", "{}\n")]
    [InlineData("src/deep/lading.bases.json", "{}\n")]
    [InlineData("src/.lading/local.lock.json", "{}\n")]
    public async Task An_excluded_file_does_not_count(string path, string content) =>
        Assert.Equal(await WebAsync(), await AfterAsync(() => Repository.Write(path, content)));

    [Fact]
    public async Task A_moved_or_deleted_file_counts()
    {
        var before = await WebAsync();
        await Repository.GitAsync("mv", "src/a", "src/c");
        await Repository.CommitAsync("Moved");
        var moved = await WebAsync();
        await Repository.GitAsync("rm", "--quiet", "src/c");
        await Repository.CommitAsync("Gone");
        var gone = await WebAsync();

        Assert.Equal(3, new HashSet<string> { before, moved, gone }.Count);
    }

    [Fact]
    public async Task A_file_an_executable_a_link_and_a_submodule_all_differ()
    {
        // The file's content is the link's target, so only the mode differs.
        Repository.Write("src/a", "b");
        await Repository.CommitAsync("A file");
        var seen = new HashSet<string> { await WebAsync() };
        var id = await Repository.GitAsync("rev-parse", "HEAD:src/a");
        var commit = await Repository.GitAsync("rev-parse", "HEAD");
        foreach (var entry in new[] { $"100755,{id}", $"120000,{id}", $"160000,{commit}", $"160000,{id}" })
        {
            await Repository.GitAsync("update-index", "--cacheinfo", $"{entry},src/a");
            await Repository.GitAsync("commit", "--quiet", "--message", entry);
            seen.Add(await WebAsync("HEAD"));
        }

        Assert.Equal(5, seen.Count);
    }

    [Theory]
    [InlineData("\"A\": \"1\"", "\"A\": \"2\"")]
    [InlineData("\"A\": \"1\"", "\"A2\": \"1\"")]
    [InlineData("\"A\": \"1\"", "\"TAG\": \"2\"")]
    [InlineData("\"A\": \"1\", ", "")]
    [InlineData("\"args\"", "\"target\": \"0\", \"args\"")]
    [InlineData("\"args\"", "\"epoch\": 1, \"args\"")]
    [InlineData("\"args\"", "\"ssh\": [\"default\"], \"args\"")]
    [InlineData("\"args\"", "\"secrets\": { \"feed\": { \"env\": \"FEED\" } }, \"args\"")]
    [InlineData(", \"linux/arm64\"", "")]
    [InlineData("\"linux/arm64\"", "\"linux/arm/v7\"")]
    public async Task A_definition_with_another_meaning_counts(string old, string now) =>
        Assert.NotEqual(await WebAsync(), await AfterAsync(() => Define(Web.Replace(old, now))));

    [Theory]
    [InlineData("\"A\": \"1\", \"B\": \"2\"", "\"B\": \"2\", \"A\": \"1\"")]
    [InlineData("\"linux/amd64\", \"linux/arm64\"", "\"linux/arm64\", \"linux/amd64\"")]
    [InlineData("\"context\": \"src\"", "\"context\": \"./src\"")]
    [InlineData("\"args\"", "\"dockerfile\": \"src/Dockerfile\", \"args\"")]
    [InlineData("\"args\"", "\"repository\": \"else/where\", \"args\"")]
    [InlineData(
        "\"A\": \"1\"",
        "\"A\": \"1\", \"HTTP_PROXY\": \"http://proxy.example.com:3128\", \"no_proxy\": \"localhost\""
    )]
    [InlineData("\"A\": \"1\"", "\"A\": \"1\", \"BUILDKIT_INLINE_CACHE\": \"1\", \"BUILDKIT_CACHE_MOUNT_NS\": \"x\"")]
    [InlineData("\"args\"", "\"epoch\": 0, // a comment\n \"args\"")]
    public async Task A_definition_with_the_same_meaning_does_not_count(string old, string now) =>
        Assert.Equal(await WebAsync(), await AfterAsync(() => Define(Web.Replace(old, now))));

    [Fact]
    public async Task The_id_of_a_secret_counts_and_its_source_does_not()
    {
        string With(string secret) => Web.Replace("\"args\"", $"\"secrets\": {{ {secret} }}, \"args\"");
        Define(With("\"feed\": { \"env\": \"FEED\" }"));
        await Repository.CommitAsync("A secret");
        var before = await WebAsync();

        Assert.Equal(before, await AfterAsync(() => Define(With("\"feed\": { \"file\": \"~/.feed\" }"))));
        Assert.NotEqual(before, await AfterAsync(() => Define(With("\"food\": { \"env\": \"FEED\" }"))));
    }

    [Fact]
    public async Task A_pin_counts_if_its_base_is_reached()
    {
        string Pin(string reference, char digit) =>
            $$"""{ "basesVersion": 1, "bases": { "{{reference}}": { "digest": "sha256:{{new string(digit, 64)}}" } } }""";
        void Write(string reference, char digit) => Repository.Write("lading.bases.json", Pin(reference, digit));
        var floats = await WebAsync();

        var pinned = await AfterAsync(() => Write("example.com/base:1", '1'));
        var moved = await AfterAsync(() => Write("example.com/base:1", '2'));
        var other = await AfterAsync(() => Write("example.com/base:2", '1'));

        Assert.Equal(3, new HashSet<string> { floats, pinned, moved }.Count);
        Assert.Equal(floats, other);
    }

    [Fact]
    public async Task The_folder_of_the_project_in_the_repository_does_not_count()
    {
        var before = await WebAsync();
        await Repository.GitAsync("mv", "src", "lading.json", MakeFolder("deep/er"));
        await Repository.CommitAsync("Moved");

        Assert.Equal(before, (await Repository.FingerprintsAsync("deep/er"))["web"]);
    }

    [Fact]
    public async Task An_uncommitted_tree_has_the_fingerprint_that_its_commit_will_have()
    {
        Repository.Write("src/a", "changed\n").Write("src/new", "new\n").Write("src/x.md", "kept out\n");
        Define(Web.Replace("\"A\": \"1\"", "\"A\": \"3\""));
        File.Delete(Path.Combine(Repository.Folder, "src/b"));
        var head = await WebAsync();

        var dirty = (await Repository.FingerprintsAsync(uncommitted: true))["web"];

        Assert.Equal(head, await WebAsync("HEAD"));
        Assert.NotEqual(head, dirty);
        await Repository.CommitAsync("As it is");
        Assert.Equal(dirty, await WebAsync());
    }

    private async Task<string> WebAsync(string? revision = null) =>
        (await Repository.FingerprintsAsync(revision: revision))["web"];

    private async Task<string> AfterAsync(Action change)
    {
        change();
        await Repository.CommitAsync("A change");
        return await WebAsync();
    }

    private void Define(string image) => Repository.Write("lading.json", Configuration(image));

    private string MakeFolder(string path)
    {
        Directory.CreateDirectory(Path.Combine(Repository.Folder, path));
        return path;
    }

    private static string Configuration(string images) =>
        $$"""
            { "project": "p", "images": { {{images}} } }
            """;
}

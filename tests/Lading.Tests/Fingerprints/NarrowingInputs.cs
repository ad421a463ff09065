using Lading.Fingerprints;
using Lading.Testing;

namespace Lading.Tests.Fingerprints;

/// <summary>
/// Only the files of a context that the target can read are inputs (docs/fingerprint.md, "Only what can be read").
/// </summary>
public sealed class NarrowingInputs : IAsyncLifetime
{
    private TestRepository? repository;

    private TestRepository Repository => repository!;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        repository
            .Write("lading.json", """{ "project": "p", "images": { "web": { "context": "src" } } }""")
            .Write("src/app/main.c", "main\n")
            .Write("src/app/lib/lib.c", "lib\n")
            .Write("src/app/notes.md", "kept out\n")
            .Write("src/other/x", "x\n")
            .Write("src/README", "read me\n")
            .Write("src/.dockerignore", "**/*.md\n");
    }

    public ValueTask DisposeAsync()
    {
        Repository.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Only_files_that_are_read_change_the_identity()
    {
        await DockerfileAsync("FROM scratch\nCOPY app /app\n");
        var before = await WebAsync();

        Repository
            .Write("src/README", "changed\n")
            .Write("src/other/y", "new\n")
            .Write("src/.dockerignore", "*.md\n**/*.md\n");
        await Repository.CommitAsync("What is not read");
        var same = await WebAsync();
        Repository.Write("src/app/lib/new.c", "new\n");
        await Repository.CommitAsync("What is read");
        var other = await WebAsync();

        Assert.Equal(["app/lib/lib.c", "app/main.c"], Paths(before));
        Assert.Equal(before.Fingerprint, same.Fingerprint);
        Assert.NotEqual(before.Fingerprint, other.Fingerprint);
        Assert.False(((BuiltInputs)before.Inputs).Narrowing.IsWhole);
    }

    [Fact]
    public async Task A_line_that_may_read_everything_is_reported_and_everything_counts()
    {
        await DockerfileAsync("FROM example.com/base\nCOPY app /app\n");

        var web = await WebAsync();

        Assert.Equal([".dockerignore", "Dockerfile", "README", "app/lib/lib.c", "app/main.c", "other/x"], Paths(web));
        var narrowing = ((BuiltInputs)web.Inputs).Narrowing;
        Assert.Equal(1, narrowing.Line);
        Assert.StartsWith("whether example.com/base holds ONBUILD", narrowing.Reason);
    }

    [Theory]
    [InlineData("\"onBuild\": false", 2)]
    [InlineData("\"onBuild\": true", 6)]
    [InlineData("", 6)]
    public async Task A_pin_says_whether_a_base_reads_more(string onBuild, int expected)
    {
        var digest = "sha256:" + new string('1', 64);
        Repository.Write(
            "lading.bases.json",
            $$"""{ "basesVersion": 1, "bases": { "example.com/base": { "digest": "{{digest}}", {{onBuild}} } } }"""
        );
        await DockerfileAsync("FROM example.com/base\nCOPY app /app\n");

        Assert.Equal(expected, (await WebAsync()).Inputs.FileCount);
    }

    [Fact]
    public async Task Links_on_a_path_are_followed_and_are_inputs_too()
    {
        Link("src/way", "app");
        Link("src/app/lib/up", "../../README");
        Link("src/app/lib/within", "lib.c");
        Link("src/elsewhere", "README");
        Link("src/dangling", "nowhere");
        Link("src/absolute", "/other");
        Link("src/chain", "./absolute/");
        await DockerfileAsync("FROM scratch\nCOPY way/lib dangling chain/x /app/\n");

        Assert.Equal(
            ["absolute", "app/lib/lib.c", "app/lib/up", "app/lib/within", "chain", "dangling", "other/x", "way"],
            Paths(await WebAsync())
        );
    }

    [Fact]
    public async Task A_link_into_itself_is_not_followed_forever()
    {
        Link("src/one", "two/x");
        Link("src/two", "one/y");
        await DockerfileAsync("FROM scratch\nCOPY one/z /app/\n");

        Assert.StartsWith(
            "the symbolic link two leads to a path",
            ((BuiltInputs)(await WebAsync()).Inputs).Narrowing.Reason
        );
    }

    [Theory]
    [InlineData("COPY app/sub /", null)]
    [InlineData("COPY app /", null)]
    [InlineData("COPY other /", null)]
    [InlineData("COPY app/sub/lib /", "something within the submodule app/sub is read")]
    [InlineData("COPY app/*/lib /", "something within the submodule app/sub is read")]
    public async Task A_submodule_is_read_as_a_whole(string copy, string? reason)
    {
        await DockerfileAsync($"FROM scratch\n{copy}\n");
        var commit = await Repository.GitAsync("rev-parse", "HEAD");
        await Repository.GitAsync("update-index", "--add", "--cacheinfo", $"160000,{commit},src/app/sub");
        await Repository.GitAsync("commit", "--quiet", "--message", "A submodule");

        var web = (await Repository.IdentitiesAsync(revision: "HEAD"))[0];

        var narrowing = ((BuiltInputs)web.Inputs).Narrowing;
        Assert.Equal(reason is not null, narrowing.IsWhole);
        Assert.StartsWith(reason ?? "", narrowing.Reason ?? "");
        Assert.Equal(copy != "COPY other /", Paths(web).Contains("app/sub"));
    }

    [Theory]
    [InlineData("out", "../lading.json")]
    [InlineData("app/out", "../../lading.json")]
    public async Task A_link_that_is_copied_and_points_out_of_the_context_is_an_error(string link, string target)
    {
        Link("src/" + link, target);
        await DockerfileAsync($"FROM scratch\nCOPY {link} /app/\n");

        var failure = await Assert.ThrowsAsync<LadingException>(WebAsync);

        Assert.Contains($"the symbolic link {link} points out of the build context, to {target}", failure.Message);
    }

    [Theory]
    [InlineData("src/app/main.c", true)]
    [InlineData("src/app/new/file", true)]
    [InlineData("src/Dockerfile", true)]
    [InlineData("src/.dockerignore", true)]
    [InlineData("src/README", false)]
    [InlineData("src/other/new", false)]
    [InlineData("src/app/new.md", false)]
    [InlineData("src/linked/new", true)]
    [InlineData("src/link", true)]
    public async Task A_change_touches_the_image_where_it_could_be_read(string path, bool expected)
    {
        Repository.Write("src/linked/x", "x\n");
        Link("src/link", "linked");
        await DockerfileAsync("FROM scratch\nCOPY app link /app/\n");
        if (new FileInfo(Path.Combine(Repository.Folder, path)) is { LinkTarget: not null } link)
        {
            link.Delete();
        }

        Repository.Write(path, path == "src/.dockerignore" ? "" : "FROM scratch\nCOPY app link /app/\n# changed\n");

        Assert.Equal(expected ? [path] : [], (await WebAsync()).Changes.Select(change => change.What));
    }

    [Fact]
    public async Task Generated_builds_agree_with_the_second_implementation()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            using var generated = await TestRepository.CreateAsync();
            var build = new GeneratedBuild(seed, "example.com/base").Write(
                Directory.CreateDirectory(Path.Combine(generated.Folder, "src")).FullName
            );
            var pin = $$"""{ "digest": "sha256:{{new string('1', 64)}}", "onBuild": false }""";
            generated
                .Write("file", build.Dockerfile)
                .Write("lading.bases.json", $$"""{ "basesVersion": 1, "bases": { "example.com/base": {{pin}} } }""")
                .Write(
                    "lading.json",
                    """
                    { "project": "p", "images": { "all": { "context": "src", "dockerfile": "whole" }, "web": { "context": "src", "dockerfile": "file" } } }
                    """
                )
                .Write("whole", "FROM scratch\nCOPY . /\n");
            await generated.CommitAsync("Files");

            var images = await generated.IdentitiesAsync();

            var whole = Paths(images[0]);
            var naive = new NaiveReads(
                build.Dockerfile,
                build.Links.Where(link => whole.Contains(link.Key)).ToDictionary(link => link.Key, link => link.Value)
            );
            Assert.False(((BuiltInputs)images[1].Inputs).Narrowing.IsWhole, $"seed {seed}:\n{build.Dockerfile}");
            Assert.True(
                whole.Where(naive.Counts).SequenceEqual(Paths(images[1])),
                $"seed {seed}: {string.Join(' ', whole.Where(naive.Counts))} != {string.Join(' ', Paths(images[1]))}\n{build.Dockerfile}{string.Join('\n', build.Links)}"
            );
        }
    }

    private static List<string> Paths(ImageIdentity image) =>
        [.. ((BuiltInputs)image.Inputs).Files.List().Select(file => file.Path)];

    private void Link(string path, string target) =>
        File.CreateSymbolicLink(Path.Combine(Repository.Folder, path), target);

    private async Task DockerfileAsync(string text)
    {
        Repository.Write("src/Dockerfile", text);
        await Repository.CommitAsync("A Dockerfile");
    }

    private async Task<ImageIdentity> WebAsync() => (await Repository.IdentitiesAsync())[0];
}

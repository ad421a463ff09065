using System.Text.RegularExpressions;
using Lading.Testing;

namespace Lading.Tests.Fingerprints;

/// <summary>
/// Fingerprints are what docs/fingerprint.md says: compared with its vectors, and with a second implementation of its
/// encoding.
/// </summary>
public sealed partial class ComputingAFingerprint
{
    private const string Busybox = "docker.io/library/busybox:1.36";
    private static readonly string Pinned = "sha256:" + new string('1', 64);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fingerprints_match_the_documented_vectors()
    {
        using var repository = await TestRepository.CreateAsync();
        repository
            .Write("src/web/Dockerfile", $"FROM {Busybox}\nCOPY . /srv\n")
            .Write("src/web/.dockerignore", "*.md\n")
            .Write("src/web/notes.md", "notes\n")
            .Write("src/web/bin/run", "#!/bin/sh\necho up\n")
            .Write("src/site/index.html", "hello\n")
            .Write("src/tool.Dockerfile", "FROM scratch\nCOPY run /srv/run\n");
        var page = await File.ReadAllTextAsync(SourceTree.PathOf("docs/fingerprint.md"), Cancelled);
        repository
            .Write("lading.json", Block(page, "lading.json"))
            .Write("lading.bases.json", Block(page, "lading.bases.json"));
        File.CreateSymbolicLink(Path.Combine(repository.Folder, "src/web/run"), "bin/run");
        await CommitAsync(repository, executable: "src/web/bin/run");

        var fingerprints = await repository.FingerprintsAsync();

        var documented = Vector()
            .Matches(page)
            .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["hex"].Value);
        documented.Remove("linked");
        Assert.Equal(4, documented.Count);
        Assert.Equal(documented, fingerprints);
        // The encoding described below the table, by the second implementation.
        var web = new CanonicalList()
            .Text("lading fingerprint 1", "build")
            .List("linux/amd64")
            .Number(0)
            .Text("")
            .Map(("A", "1"), ("B", "2"))
            .Number(0)
            .Number(0)
            .Text($"FROM {Busybox}\nCOPY . /srv\n")
            .Map((Busybox, ""))
            .Number(0)
            .Files(await ListAsync(repository, "src/web"), path => path != "notes.md");
        Assert.Equal(documented["web"], web.Hash());
        var tool = new CanonicalList()
            .Text("lading fingerprint 1", "build")
            .List("linux/amd64")
            .Number(0)
            .Text("")
            .Number(0)
            .Number(0)
            .Number(0)
            .Text("FROM scratch\nCOPY run /srv/run\n")
            .Number(0)
            .Number(0)
            .Files(await ListAsync(repository, "src/web"), path => path is "run" or "bin/run");
        Assert.Equal(documented["tool"], tool.Hash());
    }

    [Fact]
    public async Task A_fingerprint_of_version_2_matches_the_documented_vector()
    {
        using var repository = await TestRepository.CreateAsync();
        repository
            .Write("src/web/Dockerfile", $"FROM {Busybox}\nCOPY . /srv\n")
            .Write("src/web/.dockerignore", "*.md\n")
            .Write("src/web/notes.md", "notes\n")
            .Write("src/web/bin/run", "#!/bin/sh\necho up\n")
            .Write("src/linked.Dockerfile", "FROM scratch\nCOPY . /srv\n")
            .Write("src/rules/ignore", "*.md\n")
            .Write(
                "lading.json",
                """{ "project": "vectors", "images": { "linked": { "context": "src/web", "dockerfile": "src/linked.Dockerfile" } } }"""
            );
        File.CreateSymbolicLink(Path.Combine(repository.Folder, "src/web/run"), "bin/run");
        File.CreateSymbolicLink(Path.Combine(repository.Folder, "src/linked.Dockerfile.dockerignore"), "rules/ignore");
        await CommitAsync(repository, executable: "src/web/bin/run");
        var page = await File.ReadAllTextAsync(SourceTree.PathOf("docs/fingerprint.md"), Cancelled);
        var row = Vector().Matches(page).Single(row => row.Groups["name"].Value == "linked");

        var fingerprints = await repository.FingerprintsAsync();

        var trail = await repository.GitAsync("ls-tree", "-r", "HEAD");
        var naive = new CanonicalList()
            .Text("lading fingerprint 2", "build")
            .List("linux/amd64")
            .Number(0)
            .Text("")
            .Number(0)
            .Number(0)
            .Number(0)
            .Text("FROM scratch\nCOPY . /srv\n")
            .Number(0)
            .Number(0)
            .Files(await ListAsync(repository, "src/web"), path => path != "notes.md")
            .Files(trail, path => path is "src/linked.Dockerfile.dockerignore" or "src/rules/ignore");
        Assert.Equal(naive.Hash(), fingerprints["linked"]);
        Assert.Equal(row.Groups["hex"].Value, fingerprints["linked"]);
    }

    [Fact]
    public async Task A_build_with_everything_agrees_with_the_second_implementation()
    {
        using var repository = await TestRepository.CreateAsync();
        const string Dockerfile = $"""
            ARG VERSION=1.36
            FROM docker.io/library/busybox:$VERSION AS build
            COPY . /in
            FROM example.com/base AS unreached
            FROM build AS final
            COPY --from=example.com/tools:2 /t /t

            """;
        repository
            .Write("app/src/docker/File", Dockerfile)
            .Write("app/src/docker/File.dockerignore", "**/*.log\n!keep.log\n")
            .Write("app/src/.dockerignore", "*\n")
            .Write("app/src/a b.txt", "space\n")
            .Write("app/src/ä/ü.txt", "not ASCII\n")
            .Write("app/src/\U0001F6A2", "beyond U+FFFF\n")
            .Write("app/src/\uFF21", "sorts before that in bytes and after it in UTF-16\n")
            .Write("app/src/x.log", "ignored\n")
            .Write("app/src/keep.log", "kept\n")
            .Write("app/src/lading.json", "own\n")
            .Write("app/src/deep/lading.bases.json", "own\n")
            .Write("app/src/.lading/x", "own\n")
            .Write("app/src/foo/a", "a folder sorts as if it ended in a slash\n")
            .Write("app/src/foo-bar", "before it\n")
            .Write("app/src/foo0", "behind it\n")
            .Write("shared/one", "one\n")
            .Write(
                "app/lading.json",
                """
                { "project": "p", "images": { "all": {
                  "context": "src", "dockerfile": "src/docker/File", "target": "final", "epoch": 7,
                  "args": { "b": "2", "A": "\u00e4", "VERSION": "1.37" }, "ssh": ["work", "default"],
                  "secrets": { "z": { "env": "Z" }, "a": { "file": "a" } },
                  "contexts": { "shared": "../shared", "other": "docker-image://example.com/other" },
                  "platforms": ["linux/arm64", "linux/amd64"]
                } } }
                """
            )
            .Write(
                "app/lading.bases.json",
                $$"""{ "basesVersion": 1, "bases": { "example.com/tools:2": { "digest": "{{Pinned}}" } } }"""
            );
        File.CreateSymbolicLink(Path.Combine(repository.Folder, "app/src/link"), "foo/a");
        await CommitAsync(repository, executable: "app/src/foo0");
        var commit = await repository.GitAsync("rev-parse", "HEAD");
        await repository.GitAsync("update-index", "--add", "--cacheinfo", $"160000,{commit},app/src/sub");
        await repository.GitAsync("commit", "--quiet", "--message", "A submodule");
        Directory.CreateDirectory(Path.Combine(repository.Folder, "app/src/sub"));

        var fingerprints = await repository.FingerprintsAsync("app");

        var list = await ListAsync(repository, "app/src");
        Assert.Contains($"160000 commit {commit}\tsub", list);
        Assert.Contains("100755 blob", list);
        Assert.Contains("120000 blob", list);
        var naive = new CanonicalList()
            .Text("lading fingerprint 1", "build")
            .List("linux/amd64", "linux/arm64")
            .Number(7)
            .Text("final")
            .Map(("A", "ä"), ("VERSION", "1.37"), ("b", "2"))
            .List("a", "z")
            .List("default", "work")
            .Text(Dockerfile)
            .Map(("docker.io/library/busybox:1.37", ""), ("example.com/tools:2", Pinned))
            .Number(1)
            .Text("shared")
            .Files(await ListAsync(repository, "shared"), _ => true)
            .Files(list, path => path is not ("x.log" or "lading.json" or "deep/lading.bases.json" or ".lading/x"));
        Assert.Equal(naive.Hash(), fingerprints["all"]);
    }

    [Fact]
    public async Task An_assembly_with_everything_agrees_with_the_second_implementation()
    {
        using var repository = await TestRepository.CreateAsync();
        repository
            .Write("src/a.txt", "a\n")
            .Write("src/deep/b.txt", "b\n")
            .Write("src/deep/c.md", "c\n")
            .Write("package.json", "{}\n")
            .Write("elsewhere", "no source\n")
            .Write(
                "lading.json",
                $$"""
                { "project": "p", "images": { "all": { "platforms": ["linux/arm64"], "assemble": {
                  "base": "{{Busybox}}", "sources": ["src/**/*.txt", "package.json"], "run": "make",
                  "copy": { "z/": "/z/", "a.txt": "/a" }, "user": "1:2", "workdir": "/w", "env": { "B": "b", "A": "a" },
                  "entrypoint": ["/z", "--x"], "cmd": [], "ports": [8080, "53/udp"], "labels": { "l": "1" }
                } } } }
                """
            )
            .Write(
                "lading.bases.json",
                $$"""{ "basesVersion": 1, "bases": { "{{Busybox}}": { "digest": "{{Pinned}}" } } }"""
            );
        await CommitAsync(repository, executable: "src/deep/b.txt");

        var fingerprints = await repository.FingerprintsAsync();

        var naive = new CanonicalList()
            .Text("lading fingerprint 1", "assemble")
            .List("linux/arm64")
            .Number(0)
            .Optional("make")
            .Map((Busybox, Pinned))
            .Map(("z/", "/z/"), ("a.txt", "/a"))
            .Optional("1:2")
            .Optional("/w")
            .Map(("A", "a"), ("B", "b"))
            .Optional("/z", "--x")
            .Optional([])
            .List("53/udp", "8080/tcp")
            .Map(("l", "1"))
            .Files(
                await repository.GitAsync("ls-tree", "-r", "HEAD"),
                path => path is "src/a.txt" or "src/deep/b.txt" or "package.json"
            );
        Assert.Equal(naive.Hash(), fingerprints["all"]);
    }

    [Fact]
    public async Task A_mirrored_image_agrees_with_the_second_implementation()
    {
        using var repository = await TestRepository.CreateAsync();
        repository.Write(
            "lading.json",
            $$"""
            { "project": "p", "images": { "floats": { "from": "{{Busybox}}" }, "one": { "from": "{{Busybox}}", "platforms": ["linux/amd64"] } } }
            """
        );
        await CommitAsync(repository);

        var fingerprints = await repository.FingerprintsAsync();

        CanonicalList Naive(params IReadOnlyList<string> platforms) =>
            new CanonicalList().Text("lading fingerprint 1", "from").List(platforms).Number(0).Map((Busybox, ""));
        Assert.Equal(Naive().Hash(), fingerprints["floats"]);
        Assert.Equal(Naive("linux/amd64").Hash(), fingerprints["one"]);
    }

    private static Task<string> ListAsync(TestRepository repository, string folder) =>
        repository.GitAsync("-c", "core.quotePath=false", "ls-tree", "-r", $"HEAD:{folder}");

    private static async Task CommitAsync(TestRepository repository, params IReadOnlyList<string> executable)
    {
        await repository.GitAsync("add", "--all");
        foreach (var path in executable)
        {
            await repository.GitAsync("update-index", "--chmod=+x", path);
        }

        await repository.GitAsync("commit", "--quiet", "--message", "Files");
        await repository.GitAsync("checkout", "--quiet", "--force", "HEAD");
    }

    /// <summary>
    /// The text on the page after the comment that names the file, up to the next comment or the end of the block.
    /// </summary>
    private static string Block(string page, string file)
    {
        var start = page.IndexOf($"// {file}\n", StringComparison.Ordinal) + file.Length + 4;
        var next = page.IndexOf("\n// ", start, StringComparison.Ordinal);
        var end = page.IndexOf("\n```", start, StringComparison.Ordinal);
        return page[start..(next >= 0 && next < end ? next : end)];
    }

    [GeneratedRegex(
        @"^\| `(?<name>[a-z]+)` \| `(?<hex>[0-9a-f]{64})` \|$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Vector();
}

using Lading.Fingerprints;
using Lading.Testing;

namespace Lading.Tests.Fingerprints;

/// <summary>
/// Dockerfiles, ignore files, contexts and Lading's own files may be symbolic links within the repository
/// (docs/fingerprint.md, "Symbolic links").
/// </summary>
public sealed class FollowingControlLinks : IAsyncLifetime
{
    private TestRepository? repository;

    private TestRepository Repository => repository!;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        repository
            .Write("lading.json", """{ "project": "p", "images": { "web": { "context": "app" } } }""")
            .Write("app/Dockerfile", "FROM scratch\nCOPY . /srv\n")
            .Write("app/main.c", "main\n")
            .Write("app/.env", "SECRET=1\n")
            .Write("docker/ignore", ".env\n")
            .Write("docker/web.Dockerfile", "FROM scratch\nCOPY main.c /srv/\n");
    }

    public ValueTask DisposeAsync()
    {
        Repository.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("app/.dockerignore", "../docker/ignore")]
    [InlineData("app/.dockerignore", "./..//docker/../docker/ignore")]
    [InlineData("app/Dockerfile.dockerignore", "../docker/ignore")]
    public async Task A_linked_ignore_file_has_the_rules_of_its_target(string path, string target)
    {
        Link(path, target);

        var web = await CommittedAsync();

        Assert.Equal(new[] { path[4..], "Dockerfile", "main.c" }.Order(StringComparer.Ordinal), Files(web));
        Assert.Equal(FingerprintVersion.Second, web.Inputs.Version);
        Assert.Equal(["120000 " + path, "100644 docker/ignore"], Trail(web));
    }

    [Fact]
    public async Task Chains_of_links_are_followed()
    {
        Link("app/.dockerignore", "../docker/first");
        Link("docker/first", "folder/second");
        Link("docker/folder", "../rules");
        Link("rules/second", "../docker/ignore");

        var web = await CommittedAsync();

        Assert.DoesNotContain(".env", Files(web));
        Assert.Equal(
            [
                "120000 app/.dockerignore",
                "120000 docker/first",
                "120000 docker/folder",
                "100644 docker/ignore",
                "120000 rules/second",
            ],
            Trail(web)
        );
    }

    [Fact]
    public async Task A_linked_Dockerfile_is_read_from_its_target()
    {
        File.Delete(Path.Combine(Repository.Folder, "app/Dockerfile"));
        Link("app/Dockerfile", "../docker/web.Dockerfile");

        var web = await CommittedAsync();

        Assert.Equal("FROM scratch\nCOPY main.c /srv/\n"u8, ((BuiltInputs)web.Inputs).Dockerfile.Span);
        Assert.Equal("docker/web.Dockerfile", ((BuiltInputs)web.Inputs).DockerfilePath);
        Assert.Equal(["main.c"], Files(web));
    }

    [Theory]
    [InlineData("context", "app", "app", "context")]
    [InlineData("above", "here", "here/app", "above/app")]
    public async Task A_linked_context_is_the_folder_that_it_points_to(
        string link,
        string target,
        string folder,
        string context
    )
    {
        Repository.Write("app/.dockerignore", ".env\n");
        if (folder != "app")
        {
            Directory.CreateDirectory(Path.Combine(Repository.Folder, target));
            Directory.Move(Path.Combine(Repository.Folder, "app"), Path.Combine(Repository.Folder, folder));
        }

        Link(link, target);
        Repository.Write("lading.json", $$"""{ "project": "p", "images": { "web": { "context": "{{context}}" } } }""");

        var web = await CommittedAsync();

        Assert.Equal([".dockerignore", "Dockerfile", "main.c"], Files(web));
        Assert.Equal(folder + "/", ((BuiltInputs)web.Inputs).Folder);
        Assert.Equal(FingerprintVersion.Second, web.Inputs.Version);
    }

    [Fact]
    public async Task A_linked_named_context_is_the_folder_that_it_points_to()
    {
        Link("shared", "docker");
        Repository.Write(
            "lading.json",
            """{ "project": "p", "images": { "web": { "context": "app", "contexts": { "shared": "shared" } } } }"""
        );

        var web = await CommittedAsync();

        var named = Assert.Single(((BuiltInputs)web.Inputs).Contexts);
        Assert.Equal("docker/", named.Folder);
        Assert.Equal(["ignore", "web.Dockerfile"], named.Files.List().Select(file => file.Path));
        Assert.Equal(["120000 shared"], Trail(web));
    }

    [Theory]
    [InlineData("../../outside", "which leads out of the repository")]
    [InlineData("/etc/hosts", "which leads out of the repository")]
    [InlineData("../docker/missing", "and git tracks nothing there")]
    [InlineData("../docker/ignore/deeper", "and docker/ignore is not a folder")]
    [InlineData(".dockerignore", "and leads back to itself")]
    [InlineData("../module/ignore", "which is in the submodule module")]
    public async Task A_dangling_link_is_refused(string target, string why)
    {
        Link("app/.dockerignore", target);
        await Repository.CommitAsync("A link");
        var commit = await Repository.GitAsync("rev-parse", "HEAD");
        await Repository.GitAsync("update-index", "--add", "--cacheinfo", $"160000,{commit},module");
        await Repository.GitAsync("commit", "--quiet", "--message", "A submodule");

        var failure = await Assert.ThrowsAsync<LadingException>(() => Repository.IdentitiesAsync(revision: "HEAD"));

        Assert.Equal($"app/.dockerignore is a symbolic link to {target}, {why}", failure.CameBack);
        Assert.Contains("ignore file app/.dockerignore of image web", failure.Attempted, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Usage, failure.Kind);
    }

    [Fact]
    public async Task A_link_that_decides_nothing_keeps_version_1()
    {
        Repository.Write("app/Dockerfile.dockerignore", ".env\n");
        var without = await CommittedAsync();
        Link("app/.dockerignore", "nowhere");
        Repository.Write("app/Dockerfile.dockerignore", ".env\n.dockerignore\n");
        Repository.Write("other/Dockerfile.dockerignore", "no matter\n");

        var with = await CommittedAsync();

        Assert.All([without, with], web => Assert.Equal(FingerprintVersion.First, web.Inputs.Version));
        Assert.All([without, with], web => Assert.Null(web.Earlier));
    }

    [Fact]
    public async Task Knows_the_fingerprint_of_a_link_in_version_1()
    {
        Link("app/.dockerignore", "main.c");
        Repository.Write("app/main.c", ".env\n");

        var web = await CommittedAsync();

        Assert.Equal([".dockerignore", "Dockerfile", "main.c"], Files(web));
        // Read as a file, the link's target path was the rule: it excluded main.c and included .env.
        var naive = new CanonicalList()
            .Text("lading fingerprint 1", "build")
            .List("linux/amd64")
            .Number(0)
            .Text("")
            .Number(0)
            .Number(0)
            .Number(0)
            .Text("FROM scratch\nCOPY . /srv\n")
            .Number(0)
            .Number(0)
            .Files(await Repository.GitAsync("ls-tree", "-r", "HEAD:app"), path => path != "main.c");
        Assert.Equal(naive.Hash(), web.Earlier?.Hex);
    }

    [Theory]
    [InlineData("docker/ignore")]
    [InlineData("app/.dockerignore")]
    public async Task An_uncommitted_change_of_a_link_or_of_its_target_is_reported(string changed)
    {
        Repository.Write("docker/other", "main.c\n");
        Link("app/.dockerignore", "../docker/ignore");
        await CommittedAsync();
        if (changed == "docker/ignore")
        {
            Repository.Write(changed, "*\n");
        }
        else
        {
            File.Delete(Path.Combine(Repository.Folder, changed));
            Link(changed, "../docker/other");
        }

        var web = Assert.Single(await Repository.IdentitiesAsync());

        Assert.Equal([changed], web.Changes.Select(change => change.What));
    }

    [Fact]
    public async Task Ladings_own_files_may_be_links()
    {
        File.Move(Path.Combine(Repository.Folder, "lading.json"), Path.Combine(Repository.Folder, "docker/all.json"));
        Repository.Write("docker/bases.json", """{ "basesVersion": 1, "bases": { } }""");
        Link("lading.json", "docker/all.json");
        Link("lading.bases.json", "docker/bases.json");

        var linked = await CommittedAsync();

        Assert.Empty(Assert.Single(await Repository.IdentitiesAsync()).Changes);
        Assert.Equal(FingerprintVersion.First, linked.Inputs.Version);
    }

    [Theory]
    [InlineData("lading.json")]
    [InlineData("lading.bases.json")]
    public async Task Dangling_or_outside_links_to_Ladings_own_files_are_refused(string file)
    {
        var path = Path.Combine(Repository.Folder, file);
        File.Delete(path);
        using var outside = new TestFolder();
        var elsewhere = outside.Combine(file);
        await File.WriteAllTextAsync(
            elsewhere,
            file == "lading.json"
                ? """{ "project": "p", "images": { "web": { "context": "app" } } }"""
                : """{ "basesVersion": 1, "bases": { } }""",
            TestContext.Current.CancellationToken
        );
        File.CreateSymbolicLink(path, "docker/missing");
        var dangling = await Assert.ThrowsAsync<LadingException>(() => Repository.IdentitiesAsync(uncommitted: true));
        File.Delete(path);
        File.CreateSymbolicLink(path, elsewhere);
        var leaving = await Assert.ThrowsAsync<LadingException>(() => Repository.IdentitiesAsync(uncommitted: true));
        await Repository.CommitAsync("Out of the repository");
        var committed = await Assert.ThrowsAsync<LadingException>(() => Repository.IdentitiesAsync(revision: "HEAD"));

        Assert.Equal("it is a symbolic link to docker/missing, which does not exist", dangling.CameBack);
        Assert.Equal($"it is a symbolic link to {elsewhere}, which leads out of the repository", leaving.CameBack);
        Assert.Contains("is a symbolic link to", committed.CameBack, StringComparison.Ordinal);
        Assert.EndsWith("which leads out of the repository", committed.CameBack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_is_found_through_a_link_to_its_folder()
    {
        using var elsewhere = await TestRepository.CreateAsync();
        var plain = await CommittedAsync();
        var link = Path.Combine(elsewhere.Folder, "link");
        Directory.CreateSymbolicLink(link, Repository.Folder);

        var linked = Assert.Single(await elsewhere.IdentitiesAsync("link"));

        Assert.Equal(plain.Fingerprint, linked.Fingerprint);
    }

    private void Link(string path, string target)
    {
        var full = Path.Combine(Repository.Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.CreateSymbolicLink(full, target);
    }

    private async Task<ImageIdentity> CommittedAsync()
    {
        await Repository.CommitAsync("All");
        return Assert.Single(await Repository.IdentitiesAsync(revision: "HEAD"));
    }

    private static IEnumerable<string> Files(ImageIdentity image) =>
        ((BuiltInputs)image.Inputs).Files.List().Select(file => file.Path);

    private static IEnumerable<string> Trail(ImageIdentity image) =>
        ((BuiltInputs)image.Inputs).Trail.Select(entry =>
            (entry.Mode == Lading.Git.EntryMode.SymbolicLink ? "120000 " : "100644 ") + entry.Path
        );
}
